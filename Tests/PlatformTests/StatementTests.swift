import Database
import Ledger
import Platform
import Primitives
import TestSupport
import Testing

/// A month on paper is what the ledger says of it, and each workspace is told once.
@Suite struct StatementTests {
    private static let day = Duration.seconds(86_400)

    private func spend(_ world: World, seconds: Int) async throws {
        let call = try await world.answeredCall(node: world.context.ids.next())
        world.clock.advance(by: .seconds(seconds))
        let ending = CallEnding(cause: .normalClearing, endedAt: world.clock.now())
        try await SettleCall(world.context)(callID: call.id, ending: ending)
    }

    private func pay(_ world: World, _ receipt: String, _ minor: Int64) async throws {
        let news = world.paybill(receipt, minor, account: world.workspace.mpesaAccountReference)
        _ = try await TakePaybillPayment(world.context)(news)
    }

    private func statement(_ world: World, _ month: String) async throws -> Statement {
        try await WriteStatement(world.context)(workspaceID: world.workspace.id, month: month)
    }

    /// Movement by movement, as the customer could.
    private func compare(_ world: World, _ statement: Statement) async throws {
        var filter = PostingFilter()
        (filter.from, filter.to, filter.limit) = (statement.from, statement.to, 100)
        let moved = try await ListTransactions(world.context)(workspaceID: world.workspace.id, filter).postings
        for kind in EntryKind.allCases {
            let (mine, line) = (moved.filter { $0.kind == kind }, statement.lines.first { $0.kind == kind })
            #expect(Int64(mine.count) == line?.count ?? 0)
            #expect(mine.reduce(0) { $0 + max($1.amountMinor, 0) } == line?.creditMinor ?? 0)
            #expect(mine.reduce(0) { $0 + max(-$1.amountMinor, 0) } == line?.debitMinor ?? 0)
        }
        #expect(statement.openingMinor + statement.creditMinor - statement.debitMinor == statement.closingMinor)
    }

    /// The world begins on 27 June 2026 at 13:00 in Nairobi.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aStatementIsWhatTheLedgerSays(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        for seconds in [47, 60, 1] { try await spend(world, seconds: seconds) }
        try await pay(world, "UKL1STATE1", 250_00)
        world.clock.advance(by: Self.day)
        _ = try await ReleaseNumber(world.context)(World.number, workspaceID: world.workspace.id)
        let closing = try await world.balance()
        let early = await #expect(throws: PlatformError.self) { try await statement(world, "2026-06") }
        #expect(early?.code == .monthNotOver)
        world.clock.advance(by: Self.day * 3)
        try await pay(world, "UKL1STATE2", 100_00)
        let june = try await statement(world, "2026-06")
        #expect(june.openingMinor == 0 && june.closingMinor == closing)
        try await compare(world, june)
        // 4 of 30 days at KES 100 and 16 %, of which 2 were paid back; calls have no VAT here.
        let tax = june.lines.map { [$0.kind.rawValue, "\($0.taxMinor)"] }
        #expect(
            tax == [
                ["credit", "0"], ["topup", "0"], ["call_charge", "0"], ["number_rental", "213"], ["reversal", "-107"],
            ]
        )
        // A writer whose clock is behind comes too late for June.
        world.clock.advance(by: Self.day * -3)
        try await pay(world, "UKL1STATE3", 200_00)
        world.clock.advance(by: Self.day * 35)
        let again = try await statement(world, "2026-06")
        #expect(again.lines == june.lines && again.closingMinor == closing)
        let july = try await statement(world, "2026-07")
        #expect(july.openingMinor == closing && july.closingMinor == closing + 300_00)
        try await compare(world, july)
        #expect(try await statement(world, "2026-05").lines.isEmpty)
        let list = WriteStatement(world.context)
        let page = try await list.months(workspaceID: world.workspace.id, before: nil, limit: 1)
        #expect(page.months == ["2026-07"] && page.hasMore)
        let rest = try await list.months(workspaceID: world.workspace.id, before: "2026-07", limit: 1)
        #expect(rest.months == ["2026-06"] && !rest.hasMore)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func eachWorkspaceIsToldOnceByAnyNumberOfWorkers(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine) { $0.publicURL = "https://api.example" }
        _ = try await CreateWorkspace(world.context)(name: "Idle", email: "i@example.com", creditMinor: 0)
        var wish = KeyWish(name: "ci", scopes: Scope.testable)
        wish.isTest = true
        _ = try await CreateKey(world.context)(workspaceID: world.workspace.id, wish)
        // May has passed without them.
        #expect(try await AnnounceStatements(world.context)() == 0)
        world.clock.advance(by: Self.day * 4)
        let told = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await AnnounceStatements(world.context)() } }
            return try await group.reduce(0, +)
        }
        #expect(told == 1)
        let outbox = Outbox()
        _ = try await SendMails(world.context, mailer: outbox)()
        let mails = outbox.mails.withLock { $0 }
        #expect(mails.map(\.subject) == ["The statement of Acme for 2026-06"])
        #expect(mails.first?.text.contains("https://api.example/v1/wallet/statements/2026-06?format=csv") == true)
        #expect(try await AnnounceStatements(world.context)() == 0)
    }
}
