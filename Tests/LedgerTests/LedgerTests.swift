import Database
import Ledger
import Primitives
import TestSupport
import Testing

@Suite struct LedgerTests {
    let ids = SeededIdentifierSource(seed: 11, clock: ManualWallClock())
    let now = ManualWallClock().now()

    func account(_ workspace: Identifier, _ kind: AccountKind) -> AccountReference {
        AccountReference(workspaceID: workspace, kind: kind, currency: .kes)
    }

    func entry(_ key: String, _ amount: Int64, _ from: AccountReference, _ to: AccountReference) -> EntryDraft {
        EntryDraft(
            key: key,
            kind: .callCharge,
            description: "test",
            postings: [.init(.debit, amount, from), .init(.credit, amount, to)]
        )
    }

    @Test(
        arguments: [
            (47, 300, 235), (0, 300, 0), (-5, 300, 0), (1, 300, 5), (60, 300, 300), (1, 29, 0), (1, 30, 1),
            (61, 301, 306),
            (Int64.max, 1, Int64.max / 60),
        ] as [(Int64, Int64, Int64)]
    )
    func secondsAreRatedHalfUp(seconds: Int64, rate: Int64, cost: Int64) {
        #expect(Rating.cost(seconds: seconds, ratePerMinuteMinor: rate) == cost)
    }

    @Test func ratingIsExactForAnyLength() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<5000 {
            let seconds = Int64(random.next() % 100_000)
            let rate = Int64(random.next() % 10_000)
            let twice = 2 * Rating.cost(seconds: seconds, ratePerMinuteMinor: rate) * 60
            // cost is the nearest whole to seconds x rate / 60: no further than half a unit, and half goes up.
            let difference = twice - 2 * seconds * rate
            #expect(difference > -60 && difference <= 60)
        }
        #expect(Rating.tax(netMinor: 100_00, basisPoints: 1600) == 16_00)
        #expect(Rating.tax(netMinor: 3, basisPoints: 1600) == 0)
        #expect(Rating.tax(netMinor: 4, basisPoints: 1250) == 1)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func anEntryIsPostedOnce(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let ledger = Ledger(ids: ids)
        let owner = ids.next()
        let (wallet, revenue) = (account(owner, .wallet), account(owner, .revenue))
        let charge = entry("call:1", 235, wallet, revenue)
        #expect(try await db.write { try ledger.post(charge, at: now, in: $0) } == .posted)
        #expect(try await db.write { try ledger.post(charge, at: now, in: $0) } == .alreadyPosted)
        #expect(try await db.read { try ledger.balance(of: wallet, in: $0) } == -235)
        #expect(try await db.read { try ledger.balance(of: revenue, in: $0) } == 235)
        let other = entry("call:1", 236, wallet, revenue)
        await #expect(throws: LedgerError.keyReused(key: "call:1")) {
            try await db.write { try ledger.post(other, at: now, in: $0) }
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatWouldUnbalanceTheBooksIsRefused(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let ledger = Ledger(ids: ids)
        let owner = ids.next()
        let (wallet, revenue) = (account(owner, .wallet), account(owner, .revenue))
        let bad: [[PostingDraft]] = [
            [.init(.debit, 5, wallet)], [.init(.debit, 5, wallet), .init(.credit, 4, revenue)],
            [.init(.debit, 0, wallet), .init(.credit, 0, revenue)],
            [.init(.debit, -5, wallet), .init(.credit, -5, revenue)],
            [.init(.debit, 5, wallet), .init(.credit, 5, wallet)],
            [.init(.debit, .max, wallet), .init(.credit, .max, revenue)], [],
        ]
        for (index, postings) in bad.enumerated() {
            let draft = EntryDraft(key: "bad:\(index)", kind: .credit, description: "", postings: postings)
            await #expect(throws: LedgerError.self) { try await db.write { try ledger.post(draft, at: now, in: $0) } }
        }
        #expect(try await db.read { try LedgerChecker.differences(in: $0) } == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func historyCannotBeEditedAndTheCheckerFindsWhatForceDoes(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let ledger = Ledger(ids: ids)
        let owner = ids.next()
        let charge = entry("call:1", 235, account(owner, .wallet), account(owner, .revenue))
        _ = try await db.write { try ledger.post(charge, at: now, in: $0) }
        for sql in [
            "UPDATE ledger_postings SET amount_minor = 1", "DELETE FROM ledger_postings", "DELETE FROM ledger_entries",
            "UPDATE ledger_entries SET kind = 'x'",
        ] {
            let error = await #expect(throws: DatabaseError.self) { try await db.write { try $0.execute(sql) } }
            guard case .refused = error else {
                Issue.record("\(sql): \(String(describing: error))")
                continue
            }
        }
        try await db.write {
            try $0.execute("UPDATE ledger_accounts SET balance_minor = balance_minor + 1 WHERE kind = 'wallet'")
        }
        let found = try await db.read { try LedgerChecker.differences(in: $0) }
        #expect(found.count == 1)
        guard case .balance(_, 236, 235) = found.first else {
            Issue.record("\(found)")
            return
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases, [1, 2, 3] as [UInt64])
    func booksBalanceUnderRandomConcurrentEntries(engine: TestDatabase.Engine, seed: UInt64) async throws {
        struct Crash: Error {}
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let ids = SystemIdentifierSource()
        let ledger = Ledger(ids: ids)
        let owners = (0..<3).map { _ in ids.next() }
        let now = now
        var random = SplitMix64(seed: seed)
        let plans = (0..<120).map { _ in
            (
                owner: Int(random.next() % 3), amount: Int64(random.next() % 10_000) + 1, key: Int(random.next() % 80),
                crashes: random.next() % 4 == 0
            )
        }
        let posted = await withTaskGroup(of: (Int, Int64)?.self) { group in
            for plan in plans {
                group.addTask {
                    let draft = EntryDraft(
                        key: "\(seed):\(plan.key):\(plan.amount)",
                        kind: .topup,
                        description: "",
                        postings: [
                            .init(
                                .debit,
                                plan.amount,
                                AccountReference(workspaceID: owners[plan.owner], kind: .receipts, currency: .kes)
                            ),
                            .init(
                                .credit,
                                plan.amount,
                                AccountReference(workspaceID: owners[plan.owner], kind: .wallet, currency: .kes)
                            ),
                        ]
                    )
                    do {
                        let result = try await db.write { tx in
                            let result = try ledger.post(draft, at: now, in: tx)
                            if plan.crashes { throw Crash() }
                            return result
                        }
                        return result == .posted ? (plan.owner, plan.amount) : nil
                    } catch {
                        return nil
                    }
                }
            }
            var totals = [Int64](repeating: 0, count: 3)
            for await done in group { if let done { totals[done.0] += done.1 } }
            return totals
        }
        #expect(try await db.read { try LedgerChecker.differences(in: $0) } == [])
        for (index, owner) in owners.enumerated() {
            let wallet = AccountReference(workspaceID: owner, kind: .wallet, currency: .kes)
            #expect(try await db.read { try ledger.balance(of: wallet, in: $0) } == posted[index])
        }
    }
}
