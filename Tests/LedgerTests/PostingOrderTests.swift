import Database
import Ledger
import Primitives
import TestSupport
import Testing

/// Ids are the order of postings, whoever posts them and whatever their clocks say.
@Suite struct PostingOrderTests {
    private static func wallet(_ owner: Identifier) -> AccountReference {
        AccountReference(workspaceID: owner, kind: .wallet, currency: .kes)
    }

    private static func topup(_ key: String, _ amount: Int64, _ owner: Identifier) -> EntryDraft {
        let receipts = AccountReference(workspaceID: owner, kind: .receipts, currency: .kes)
        return EntryDraft(
            key: key,
            kind: .topup,
            description: key,
            postings: [.init(.debit, amount, receipts), .init(.credit, amount, wallet(owner))]
        )
    }

    private static func everything(_ owner: Identifier, in tx: SQLTransaction) throws -> [AccountPosting] {
        var filter = PostingFilter()
        filter.isRising = true
        filter.limit = 10_000
        return try AccountPostings.read(filter, of: wallet(owner), in: tx)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func balancesChainAcrossWritersWithClocksThatDisagree(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let owner = SystemIdentifierSource().next()
        await withTaskGroup(of: Void.self) { group in
            for node in 0..<6 {
                group.addTask {
                    let clock = ManualWallClock()
                    clock.advance(by: .seconds(-3600 * node))
                    let ledger = Ledger(ids: SystemIdentifierSource(clock: clock))
                    for step in 0..<15 {
                        let draft = Self.topup("\(node):\(step)", Int64(node * 100 + step + 1), owner)
                        await #expect(throws: Never.self) {
                            // As calls are settled: equal transactions that are serialisable would fail each other.
                            try await db.write(isolation: .readCommitted) {
                                try ledger.post(draft, at: clock.now(), in: $0)
                            }
                            // The same again neither moves a balance nor the order.
                            let again = try await db.write(isolation: .readCommitted) {
                                try ledger.post(draft, at: clock.now(), in: $0)
                            }
                            #expect(again == .alreadyPosted)
                        }
                    }
                }
            }
        }
        let postings = try await db.read { try Self.everything(owner, in: $0) }
        #expect(postings.count == 90)
        var balance: Int64 = 0
        for posting in postings {
            balance += posting.amountMinor
            #expect(posting.balanceAfterMinor == balance)
        }
        #expect(try await db.read { try LedgerChecker.differences(in: $0) } == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func nothingIsPostedIntoASpanThatWasClosed(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let clock = ManualWallClock()
        let ledger = Ledger(ids: SystemIdentifierSource(clock: clock))
        let owner = SystemIdentifierSource(clock: clock).next()
        let end = clock.now() + .seconds(60)
        _ = try await db.write { try ledger.post(Self.topup("1", 5, owner), at: clock.now(), in: $0) }
        try await db.write { try ledger.close(Self.wallet(owner), before: end, in: $0) }
        _ = try await db.write { try ledger.post(Self.topup("2", 5, owner), at: clock.now(), in: $0) }
        let postings = try await db.read { try Self.everything(owner, in: $0) }
        #expect(postings.map { $0.postedAt < end } == [true, false])
        // To close an earlier span changes nothing.
        try await db.write { try ledger.close(Self.wallet(owner), before: clock.now(), in: $0) }
        _ = try await db.write { try ledger.post(Self.topup("3", 5, owner), at: clock.now(), in: $0) }
        let found = try await db.read { try Self.everything(owner, in: $0) }
        #expect(found.map(\.description) == ["1", "2", "3"])
        // Nor into one that was closed before there was anything in it.
        let newcomer = SystemIdentifierSource(clock: clock).next()
        try await db.write { try ledger.close(Self.wallet(newcomer), before: end, in: $0) }
        _ = try await db.write { try ledger.post(Self.topup("4", 5, newcomer), at: clock.now(), in: $0) }
        let first = try await db.read { try Self.everything(newcomer, in: $0) }
        #expect(first.map { $0.postedAt >= end } == [true] && first.first?.balanceAfterMinor == 5)
        #expect(try await db.read { try LedgerChecker.differences(in: $0) } == [])
    }

    @Test(arguments: [0, 1, 2, 3])
    func pagesAreReadThroughAnIndex(which: Int) async throws {
        let db = try await TestDatabase.make(.sqlite, migrations: LedgerSchema.migrations).database
        let id = SystemIdentifierSource().next()
        var filter = PostingFilter()
        switch which {
        case 0: filter.before = id
        case 1: filter.kind = .callCharge
        case 2: filter.referenceID = id
        default: (filter.from, filter.raises) = (ManualWallClock().now(), true)
        }
        let asked = filter
        let plan = try await db.read { tx in
            let (sql, values) = AccountPostings.query(asked, accountID: id, side: .credit)
            return try tx.rows("EXPLAIN QUERY PLAN " + sql, values).map { try $0.get("detail", as: String.self) }
        }
        #expect(!plan.isEmpty)
        #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
        if which != 2 { #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)") }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aFallBelowTheMarkIsToldByThePostingThatMadeIt(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let (owner, ledger) = (SystemIdentifierSource().next(), Ledger(ids: SystemIdentifierSource()))
        let wallet = Self.wallet(owner)
        let revenue = AccountReference(workspaceID: owner, kind: .revenue, currency: .kes)
        func post(_ drafts: EntryDraft...) async throws -> [BalanceFall] {
            try await db.write { tx in
                var falls: [BalanceFall] = []
                _ = try ledger.post(drafts, at: Timestamp(millisecondsSinceEpoch: 0), in: tx) { falls.append($0) }
                return falls
            }
        }
        func spend(_ key: String, _ amount: Int64) -> EntryDraft {
            let sides = [PostingDraft(.debit, amount, wallet), PostingDraft(.credit, amount, revenue)]
            return EntryDraft(key: key, kind: .callCharge, description: key, postings: sides)
        }
        // The mark may be there before the account is.
        try await db.write { try ledger.mark(wallet, at: 50, in: $0) }
        #expect(try await post(Self.topup("in", 100, owner)).isEmpty)
        #expect(try await post(spend("a", 50)).isEmpty)
        let fall = BalanceFall(account: wallet, beforeMinor: 50, afterMinor: 40)
        #expect(try await post(spend("b", 10)) == [fall])
        #expect(try await post(spend("b", 10)).isEmpty)
        #expect(try await post(spend("c", 10)) == [BalanceFall(account: wallet, beforeMinor: 40, afterMinor: 30)])
        // Several at once are one fall, and what was known before is none of it.
        let together = BalanceFall(account: wallet, beforeMinor: 30, afterMinor: 27)
        #expect(try await post(spend("e", 1), spend("c", 10), spend("f", 2)) == [together])
        #expect(try await post(Self.topup("up", 5, owner)).isEmpty)
        try await db.write { try ledger.mark(wallet, at: nil, in: $0) }
        #expect(try await post(spend("d", 10)).isEmpty)
        #expect(try await db.read { try LedgerChecker.differences(in: $0) } == [])
    }
}
