import Database
import Ledger
import Primitives
import TestSupport
import Testing

/// Many entries with the statements of one.
@Suite struct BatchTests {
    private static let now = ManualWallClock().now()

    private static func account(_ owner: Identifier, _ kind: AccountKind) -> AccountReference {
        AccountReference(workspaceID: owner, kind: kind, currency: .kes)
    }

    private static func charge(_ key: String, _ amount: Int64, _ owner: Identifier) -> EntryDraft {
        EntryDraft(
            key: key,
            kind: .callCharge,
            description: key,
            postings: [
                .init(.debit, amount, account(owner, .wallet)), .init(.credit, amount, account(owner, .revenue)),
            ]
        )
    }

    private static func movements(_ owner: Identifier, in tx: SQLTransaction) throws -> [[Int64]] {
        var filter = PostingFilter()
        filter.isRising = true
        filter.limit = 10_000
        return try AccountPostings.read(filter, of: account(owner, .wallet), in: tx).map {
            [$0.amountMinor, $0.balanceAfterMinor]
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func entriesFollowEachOtherInTheirOrder(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let ids = SystemIdentifierSource()
        let (ledger, one, other) = (Ledger(ids: ids), ids.next(), ids.next())
        let first = try await db.write { tx in
            try ledger.post([Self.charge("a", 1, one), Self.charge("b", 10, other)], at: Self.now, in: tx)
        }
        #expect(first == [.posted, .posted])
        // What is known already, in the store or in the same batch, moves nothing.
        let second = try await db.write { tx in
            try ledger.post(
                [
                    Self.charge("c", 2, one), Self.charge("b", 10, other), Self.charge("d", 4, one),
                    Self.charge("d", 4, one), Self.charge("e", 20, other),
                ],
                at: Self.now,
                in: tx
            )
        }
        #expect(second == [.posted, .alreadyPosted, .posted, .alreadyPosted, .posted])
        #expect(try await db.read { try Self.movements(one, in: $0) } == [[-1, -1], [-2, -3], [-4, -7]])
        #expect(try await db.read { try Self.movements(other, in: $0) } == [[-10, -10], [-20, -30]])
        let balances = try await db.read { tx in
            try ledger.balances(of: .wallet, .kes, workspaceIDs: [one, other, ids.next()], in: tx)
        }
        #expect(balances == [one: -7, other: -30])
        #expect(try await db.read { try LedgerChecker.differences(in: $0) } == [])
        #expect(try await db.write { try ledger.post([], at: Self.now, in: $0) } == [])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func oneBadEntryAndNoneIsPosted(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let owner = SystemIdentifierSource().next()
        let ledger = Ledger(ids: SystemIdentifierSource())
        _ = try await db.write { try ledger.post(Self.charge("known", 5, owner), at: Self.now, in: $0) }
        let bad: [([EntryDraft], LedgerError)] = [
            ([Self.charge("new", 1, owner), Self.charge("zero", 0, owner)], .malformed(key: "zero")),
            ([Self.charge("new", 1, owner), Self.charge("known", 6, owner)], .keyReused(key: "known")),
            ([Self.charge("new", 1, owner), Self.charge("new", 2, owner)], .keyReused(key: "new")),
            (
                (0...Ledger.batchLimit).map { Self.charge("many \($0)", 1, owner) },
                .tooMany(Ledger.batchLimit + 1)
            ),
        ]
        for (entries, fault) in bad {
            await #expect(throws: fault) { try await db.write { try ledger.post(entries, at: Self.now, in: $0) } }
        }
        #expect(try await db.read { try Self.movements(owner, in: $0) } == [[-5, -5]])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func batchesOfNodesWhoseClocksDisagreeChainInTheOrderOfIDs(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: LedgerSchema.migrations).database
        let owners = (0..<5).map { _ in SystemIdentifierSource().next() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in 0..<4 {
                group.addTask {
                    let clock = ManualWallClock()
                    clock.advance(by: .milliseconds(-700 * node))
                    let ledger = Ledger(ids: SystemIdentifierSource(clock: clock))
                    for step in 0..<10 {
                        // Each names the workspaces in another order: locks must not wait for each other in a circle.
                        let turned = owners.indices.map { owners[($0 + node + step) % owners.count] }
                        let entries = (turned + turned).enumerated().map { index, owner in
                            Self.charge("\(node):\(step):\(index)", Int64(1 + index), owner)
                        }
                        clock.advance(by: .milliseconds(1))
                        let results = try await db.write(isolation: .readCommitted) { tx in
                            try ledger.post(entries, at: Self.now, in: tx)
                        }
                        #expect(results.allSatisfy { $0 == .posted })
                    }
                }
            }
            try await group.waitForAll()
        }
        for owner in owners {
            let movements = try await db.read { try Self.movements(owner, in: $0) }
            #expect(movements.count == 80)
            var balance: Int64 = 0
            for movement in movements {
                balance += movement[0]
                #expect(movement[1] == balance)
            }
        }
        #expect(try await db.read { try LedgerChecker.differences(in: $0) } == [])
    }
}
