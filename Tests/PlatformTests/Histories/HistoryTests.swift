import Database
import Foundation
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Random lives of workspaces that top up, call, rent, give back and are given money, while processes die between any two
/// statements and M-Pesa tells late, twice, in any order or never. Whatever happens, the books are right.
///
/// `SAUTIKIT_HISTORIES` says how many on each database; `make fuzz-money` runs 50,000 on each.
@Suite(.timeLimit(.minutes(120))) struct HistoryTests {
    private static let lives = 50
    private static let rounds = 8
    private static let creditMinor: Int64 = 100_000_00
    private static var worlds: Int {
        let count = ProcessInfo.processInfo.environment["SAUTIKIT_HISTORIES"].flatMap(Int.init) ?? lives
        return max(count / lives, 1)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theBooksAreRightWhateverHappens(engine: TestDatabase.Engine) async throws {
        let base = UInt64(ProcessInfo.processInfo.environment["SAUTIKIT_SEED"].flatMap(UInt64.init) ?? 1)
        for world in 0..<Self.worlds { try await Self.live(engine, seed: base + UInt64(world)) }
    }

    private static func live(_ engine: TestDatabase.Engine, seed: UInt64) async throws {
        let world = try await World(engine)
        let healthy = world.context
        let dying = healthy.on(healthy.database.failing(Crash.plan(seed: seed, percent: 20)))
        let bank = HistoryBank(seed: seed, clock: world.clock)
        let gateways = PaymentGateways(live: PaymentLine(bank, callbackURL: "https://api.example"), test: nil)
        let lives = try await newcomers(world, seed: seed)
        var random = SplitMix64(seed: seed)
        for _ in 0..<rounds {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for life in lives {
                    group.addTask { for _ in 0..<2 { try await life.act(dying, bank) } }
                }
                for _ in 0..<2 {
                    group.addTask { try await work(dying, bank, gateways) }
                }
                // At any instant, whoever is in the middle of something.
                group.addTask { try await check(healthy, seed) }
                try await group.waitForAll()
            }
            let pause = Bool.random(using: &random) ? Int64.random(in: 1...300, using: &random) : 7 * 86_400
            world.clock.advance(by: .seconds(Double(pause)))
            // Somebody is up at the end of each month.
            _ = try await RenewRentals(healthy)()
        }
        try await settle(healthy, bank, gateways, clock: world.clock)
        try await check(healthy, seed)
        for life in lives { try await compare(life, bank, healthy, seed) }
        try await TestDatabase.discard(healthy.database)
    }

    /// What servers do by themselves, until they die of it once or twice.
    private static func work(_ context: PlatformContext, _ bank: HistoryBank, _ gateways: PaymentGateways) async throws
    {
        for _ in 0..<6 {
            do {
                _ = try await AdvanceTopups(context, gateways: gateways)()
                _ = try await RenewRentals(context)()
            } catch is TransactionFailure {
                continue
            }
            while let news = bank.takeNews() {
                do {
                    switch news {
                    case .callback(let result, let id):
                        _ = try await TakePushResult(context).callback(result, topupID: id)
                    case .confirmation(let news): _ = try await TakePaybillPayment(context)(news)
                    }
                } catch is TransactionFailure {
                    bank.repeatOrForget(news)
                }
            }
        }
    }

    /// The next day: everybody is up again, and what nobody told is in M-Pesa's list.
    private static func settle(
        _ context: PlatformContext,
        _ bank: HistoryBank,
        _ gateways: PaymentGateways,
        clock: ManualWallClock
    ) async throws {
        for _ in 0..<10 {
            _ = try await AdvanceTopups(context, gateways: gateways)()
            clock.advance(by: .seconds(60))
        }
        _ = try await RenewRentals(context)()
        let list = bank.payments.map { $0.news(.statement) }
        let report = try await ReconcilePayments(context)(list, complete: nil, isTest: false)
        #expect(report.differences.isEmpty && report.suspended.isEmpty)
    }

    private static func check(_ context: PlatformContext, _ seed: UInt64) async throws {
        let (differences, off) = try await context.database.read { tx in
            (try LedgerChecker.differences(in: tx), try CheckPayments.differences(in: tx))
        }
        #expect(differences.isEmpty, "seed \(seed)")
        #expect(off.isEmpty, "seed \(seed)")
    }

    private static func compare(
        _ life: Life,
        _ bank: HistoryBank,
        _ context: PlatformContext,
        _ seed: UInt64
    ) async throws {
        let label: Comment = "seed \(seed), workspace \(life.workspace.name)"
        let account = life.workspace.mpesaAccountReference
        let paid = bank.payments.filter { $0.account.uppercased() == account }
        let (rentals, other) = life.expected(at: context.clock.now())
        let wallet = try await GetWallet(context)(workspaceID: life.workspace.id).balance.minor
        let paidMinor = paid.reduce(0) { $0 + $1.amountMinor }
        #expect(wallet == other + paidMinor + rentals.reduce(0) { $0 + $1.amountMinor }, label)
        // Each receipt once, and each charge as it was promised.
        var filter = PostingFilter()
        (filter.isRising, filter.limit) = (true, 1000)
        let reading = filter
        let rows = try await context.database.read { tx in
            let wallet = AccountReference(workspaceID: life.workspace.id, kind: .wallet, currency: .kes)
            return try AccountPostings.read(reading, of: wallet, in: tx)
        }
        #expect(
            rows.filter { $0.kind == .topup }.map(\.amountMinor).sorted() == paid.map(\.amountMinor).sorted(),
            label
        )
        let charges = rows.filter { $0.kind == .callCharge }
        #expect(Set(charges.compactMap(\.referenceID)).count == charges.count, label)
        for charge in charges {
            #expect(charge.referenceID.flatMap { life.costs[$0] } == -charge.amountMinor, label)
        }
        #expect(charges.count == life.costs.values.count { $0 > 0 }, label)
        let months = rows.filter { [.numberRental, .reversal].contains($0.kind) }.map(\.amountMinor)
        #expect(months.sorted() == (rentals.map(\.amountMinor) + life.refunds).sorted(), label)
        // Nothing is set aside any more.
        #expect(rows.filter { [.hold, .release].contains($0.kind) }.reduce(0) { $0 + $1.amountMinor } == 0, label)
    }

    private static func newcomers(_ world: World, seed: UInt64) async throws -> [Life] {
        var lives: [Life] = []
        for index in 0..<Self.lives {
            let inventory = (0..<3).map { "+2542010\(10_000 + index * 3 + $0)" }
            _ = try await AddNumbers(world.context)(inventory)
            let made = try await CreateWorkspace(world.context)(
                name: "Life \(index)",
                email: "life\(index)@example.com",
                creditMinor: Self.creditMinor
            )
            lives.append(
                Life(
                    made.workspace,
                    creditMinor: Self.creditMinor,
                    inventory: inventory,
                    seed: seed << 16 | UInt64(index)
                )
            )
        }
        return lives
    }
}
