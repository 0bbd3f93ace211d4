import Crypto
import Database
import Ledger
import Logging
import Platform
import Primitives
import TestSupport
import Testing

/// A year of many workspaces on clocks that are moved, and every charge of it reckoned again in another way.
@Suite(.timeLimit(.minutes(10))) struct YearTests {
    /// 27 June 2026, 13:00 in Nairobi, is where every test begins; a year from there.
    private static let year = Duration.seconds(365 * 86_400)

    private struct Twin: Sendable {
        let id: Identifier
        let secret: String
        let numbers: [RentalYear]

        /// What is done, in its order.
        var actions: [(moment: Timestamp, number: String, isClaim: Bool)] {
            numbers.flatMap { number in
                [(number.claimedAt, number.e164, true)]
                    + (number.releasedAt.map { [($0, number.e164, false)] } ?? [])
            }
            .sorted { $0.0 < $1.0 }
        }
    }

    @Test(arguments: [(TestDatabase.Engine.sqlite, 1000), (.postgres, 100)])
    func everyChargeOfAYearIsAsReckonedByHand(engine: TestDatabase.Engine, workspaces: Int) async throws {
        let world = try await World(engine) { settings in
            settings.testCreditMinor = 20_000_00
            // Nothing is remembered of keys: clocks move while they are in use.
            settings.keyCacheLifetime = .zero
        }
        let start = world.clock.now()
        var random = SplitMix64(seed: 2026)
        let plans = (0..<workspaces).map { _ in
            (0..<5).map { RentalYear(number: $0, from: start, random: &random) }
        }
        let twins = try await Self.make(plans, in: world)
        for round in 0..<10 {
            let due = twins.filter { $0.actions.count > round }
            try await Self.each(due) { twin in
                try await Self.move(twin, to: twin.actions[round].moment, in: world)
            }
            try await Self.arrive(world)
            try await Self.each(due) { try await Self.act($0, $0.actions[round], in: world) }
        }
        try await Self.each(twins) { try await Self.move($0, to: start + Self.year, in: world) }
        try await Self.arrive(world)
        var count = 0
        for twin in twins {
            let (found, expected) = (
                try await Self.movements(of: twin, in: world),
                twin.numbers.flatMap { $0.movements(until: start + Self.year) }.sorted()
            )
            count += found.count
            #expect(found == expected)
        }
        // Five claims each, and more than half of a year of months for each number.
        #expect(count > workspaces * 5 * 6)
        #expect(try await world.differences().isEmpty)
        let off = try await world.context.database.read { try CheckPayments.differences(in: $0) }
        #expect(off.isEmpty)
    }

    private static func make(_ plans: [[RentalYear]], in world: World) async throws -> [Twin] {
        let twins = Locked<[Twin]>([])
        try await each(Array(plans.enumerated())) { index, numbers in
            let name = "workspace-\(index)"
            let made = try await CreateWorkspace(world.context)(name: name, email: "\(name)@example.com")
            var wish = KeyWish(name: "ci", scopes: Scope.testable)
            wish.isTest = true
            let secret = try await CreateKey(world.context)(workspaceID: made.workspace.id, wish).secret
            let id = try await AuthenticateKey(world.context)(secret).workspaceID
            twins.withLock { $0.append(Twin(id: id, secret: secret, numbers: numbers)) }
        }
        return twins.withLock(\.self)
    }

    private static func context(of twin: Twin, in world: World) async throws -> PlatformContext {
        var asker = Asker(.key)
        asker.clockOffset = try await AuthenticateKey(world.context)(twin.secret).clockOffset
        return world.context.asked(by: asker)
    }

    private static func move(_ twin: Twin, to moment: Timestamp, in world: World) async throws {
        _ = try await MoveTestClock(world.context)(.to(moment), workspaceID: twin.id)
    }

    private static func arrive(_ world: World) async throws {
        while try await StepTestClocks(world.context)() != StepTestClocks.Report() {
            _ = try await RenewRentals(world.context)()
        }
    }

    private static func act(
        _ twin: Twin,
        _ action: (moment: Timestamp, number: String, isClaim: Bool),
        in world: World
    ) async throws {
        let context = try await context(of: twin, in: world)
        #expect(context.clock.now() == action.moment)
        if action.isClaim {
            _ = try await ClaimNumber(context)(workspaceID: twin.id, wanted: .e164(action.number))
        } else {
            _ = try await ReleaseNumber(context)(action.number, workspaceID: twin.id)
        }
    }

    private static func movements(of twin: Twin, in world: World) async throws -> [RentalYear.Movement] {
        var filter = PostingFilter()
        (filter.isRising, filter.limit) = (true, 100)
        let page = try await ListTransactions(world.context)(workspaceID: twin.id, filter)
        #expect(!page.hasMore)
        // The first is the play money.
        return page.postings.dropFirst().map { .init(moment: $0.postedAt, amountMinor: $0.amountMinor) }.sorted()
    }

    /// Sixteen at once.
    private static func each<T: Sendable>(
        _ items: [T],
        _ work: @escaping @Sendable (T) async throws -> Void
    ) async throws {
        let remaining = Locked(items[...])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    while let item = remaining.withLock({ $0.popFirst() }) { try await work(item) }
                }
            }
            try await group.waitForAll()
        }
    }
}
