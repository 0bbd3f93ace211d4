import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// Charges that are paid back, and credits of the operator's.
@Suite struct RefundTests {
    private static func code(_ body: () async throws -> Void) async -> ErrorCode? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PlatformError)?.code
        }
    }

    private static func entries(_ world: World, _ kind: EntryKind) async throws -> [AccountPosting] {
        var filter = PostingFilter()
        filter.kind = kind
        return try await ListTransactions(world.context)(workspaceID: world.workspace.id, filter).postings
    }

    /// A call of 100 seconds, KES 5.00, and its charge.
    private static func chargedCall(_ world: World) async throws -> (call: Call, charge: Identifier) {
        let call = try await world.answeredCall(node: world.context.ids.next())
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now() + .seconds(100))
        _ = try await SettleCall(world.context)(callID: call.id, ending: ending)
        return (call, try #require(try await entries(world, .callCharge).first).entryID)
    }

    private static func check(_ world: World) async throws {
        let found = try await world.context.database.read { tx in
            try LedgerChecker.differences(in: tx).map(\.description) + CheckPayments.differences(in: tx)
        }
        #expect(found == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aChargeIsPaidBackInPartsUpToWhatItWas(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (call, charge) = try await Self.chargedCall(world)
        let refund = RefundCharge(world.context.asked(by: .operator))
        let first = try await refund(charge, amountMinor: 200, key: "t-1", reason: "Nobody was heard")
        #expect(first.amountMinor == 200 && first.balanceMinor == 1000_00 - 300)
        #expect(try await refund(charge, amountMinor: 200, key: "t-1", reason: "again") == first)
        #expect(try await refund(charge, amountMinor: nil, key: "t-1", reason: "again") == first)
        let conflict = await Self.code { _ = try await refund(charge, amountMinor: 201, key: "t-1", reason: "x") }
        #expect(conflict == .idempotencyConflict)
        #expect(
            await Self.code { _ = try await refund(charge, amountMinor: 301, key: "t-2", reason: "x") }
                == .refundTooLarge
        )
        let rest = try await refund(charge, amountMinor: nil, key: "t-2", reason: "All of it")
        #expect(rest.amountMinor == 300 && rest.balanceMinor == 1000_00)
        for amount in [nil, 1] as [Int64?] {
            let code = await Self.code { _ = try await refund(charge, amountMinor: amount, key: "t-3", reason: "x") }
            #expect(code == .refundTooLarge)
        }
        let reversals = try await Self.entries(world, .reversal)
        #expect(reversals.map(\.amountMinor) == [300, 200] && reversals.map(\.referenceID) == [charge, charge])
        #expect(reversals.map(\.description) == ["Refund: All of it", "Refund: Nobody was heard"])
        // They are found by the call and by the charge.
        var filter = PostingFilter()
        filter.referenceID = call.id
        let ofCall = try await ListTransactions(world.context)(workspaceID: world.workspace.id, filter)
        #expect(ofCall.postings.map(\.amountMinor) == [300, 200, -500])
        #expect(ofCall.reversed[charge]?.referenceID == call.id)
        var log = AuditFilter()
        log.action = .walletRefunded
        let noted = try await ReadAudit(world.context)(workspaceID: world.workspace.id, log).entries
        #expect(noted.map(\.subjectID) == [charge, charge] && noted.map(\.asker) == [.operator, .operator])
        try await Self.check(world)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theVATGoesBackWithARental(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let rental = try #require(try await Self.entries(world, .numberRental).first)
        #expect(rental.amountMinor == -World.rentalMinor)
        let refund = RefundCharge(world.context)
        for (index, amount) in [1, 545, 1000].enumerated() {
            _ = try await refund(rental.entryID, amountMinor: Int64(amount), key: "\(index)", reason: "x")
        }
        let left = try await world.context.database.read { tx in
            try [AccountKind.revenue, .tax].map { kind in
                let account = AccountReference(workspaceID: world.workspace.id, kind: kind, currency: .kes)
                return try Ledger(ids: world.context.ids).balance(of: account, in: tx)
            }
        }
        #expect(left == [0, 0])
        try await Self.check(world)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsNoChargeIsNotRefunded(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (_, charge) = try await Self.chargedCall(world)
        let refund = RefundCharge(world.context)
        _ = try await refund(charge, amountMinor: 100, key: "r", reason: "x")
        for kind in [EntryKind.credit, .reversal] {
            let entry = try #require(try await Self.entries(world, kind).first).entryID
            #expect(
                await Self.code { _ = try await refund(entry, amountMinor: 1, key: "k", reason: "x") }
                    == .entryNotRefundable
            )
        }
        let unknown = world.context.ids.next()
        #expect(
            await Self.code { _ = try await refund(unknown, amountMinor: 1, key: "k", reason: "x") } == .entryNotFound
        )
        for (amount, key, reason) in [(0, "k", "x"), (-1, "k", "x"), (1, "", "x"), (1, "k", "")] {
            let code = await Self.code {
                _ = try await refund(charge, amountMinor: Int64(amount), key: key, reason: reason)
            }
            #expect(code == .requestInvalid)
        }
        try await Self.check(world)
    }

    /// Many at once, each with a key of its own: all together are never more than the charge.
    @Test(arguments: TestDatabase.Engine.allCases)
    func ofManyRefundsAtOnceNoneIsTooMuch(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (_, charge) = try await Self.chargedCall(world)
        let paid = try await withThrowingTaskGroup(of: Int64.self) { group in
            for index in 0..<12 {
                group.addTask {
                    do {
                        let amount: Int64? = index.isMultiple(of: 3) ? nil : 170
                        return try await RefundCharge(world.context)(
                            charge,
                            amountMinor: amount,
                            key: "\(index)",
                            reason: "x"
                        ).amountMinor
                    } catch let error as PlatformError where error.code == .refundTooLarge {
                        return 0
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(paid == 500)
        #expect(try await world.balance() == 1000_00)
        try await Self.check(world)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theSameRefundManyTimesAtOnceIsOne(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (_, charge) = try await Self.chargedCall(world)
        let ids = try await withThrowingTaskGroup(of: Identifier.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await RefundCharge(world.context)(charge, amountMinor: 100, key: "k", reason: "x").id
                }
            }
            return try await group.reduce(into: Set<Identifier>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        #expect(try await world.balance() == 1000_00 - 400)
        try await Self.check(world)
    }

    /// A release pays back the days after it, but nothing that was refunded before; and the other way round.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aReleaseAndARefundPayTheSameMonthBackOnce(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let rental = try #require(try await Self.entries(world, .numberRental).first).entryID
        _ = try await RefundCharge(world.context)(rental, amountMinor: 10_00, key: "k", reason: "x")
        let released = try await ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
        #expect(released.refund.totalMinor == World.rentalMinor - 10_00)
        #expect(try await world.balance() == 1000_00 + World.rentalMinor)
        #expect(
            await Self.code {
                _ = try await RefundCharge(world.context)(rental, amountMinor: 1, key: "l", reason: "x")
            } == .refundTooLarge
        )
        let other = try await ClaimNumber(world.context)(
            workspaceID: world.workspace.id,
            wanted: .e164("+254200000002")
        )
        _ = try await ReleaseNumber(world.context)(other.number.e164, workspaceID: world.workspace.id)
        let second = try #require(try await Self.entries(world, .numberRental).first).entryID
        let rest = try await RefundCharge(world.context)(second, amountMinor: nil, key: "m", reason: "x")
        #expect(rest.amountMinor == World.rentalMinor - 11_60)
        try await Self.check(world)
    }

    /// One is first, whichever: the month is not paid back twice.
    @Test(arguments: TestDatabase.Engine.allCases, 0..<4)
    func aReleaseAndARefundAtOnce(engine: TestDatabase.Engine, round: Int) async throws {
        let world = try await World(engine)
        let rental = try #require(try await Self.entries(world, .numberRental).first).entryID
        async let release = ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
        async let refund = RefundCharge(world.context)(rental, amountMinor: nil, key: "k", reason: "x")
        let (released, refunded) = (try await release, try await refund)
        #expect(released.refund.totalMinor + refunded.amountMinor == World.rentalMinor)
        #expect(try await world.balance() == 1000_00 + World.rentalMinor)
        try await Self.check(world)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func usageAndCheckpointsHaveWhatWasPaidBack(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let (_, charge) = try await Self.chargedCall(world)
        let refund = try await RefundCharge(world.context)(charge, amountMinor: 120, key: "k", reason: "x")
        let now = world.clock.now()
        let slot = try #require(
            try await SumUsage(world.context)(
                workspaceID: world.workspace.id,
                from: now,
                to: now + .seconds(3600),
                bucket: .month
            ).first
        )
        #expect(slot.callsMinor == 380 && slot.rentalMinor == World.rentalMinor)
        world.clock.advance(by: .seconds(31 * 86_400))
        let checkpoint = try await WriteCheckpoint(world.context)(workspaceID: world.workspace.id, month: "2026-06")
        #expect(throws: Never.self) { try checkpoint.verify() }
        let last = try #require(checkpoint.lines.last?.posting)
        #expect(last.entryID == refund.id && last.kind == .reversal && last.referenceID == charge)
    }

    /// Money that comes back can pay a number's month.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aRefundStartsANumberThatWasNotPaid(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine, creditMinor: 118_00)
        let (_, charge) = try await Self.chargedCall(world)
        world.clock.advance(by: .seconds(4 * 86_400))
        #expect(try await RenewRentals(world.context)().unpaid == 1)
        _ = try await RefundCharge(world.context)(charge, amountMinor: nil, key: "k", reason: "x")
        #expect(try await RenewRentals(world.context)().renewed == 1)
        try await Self.check(world)
    }
}
