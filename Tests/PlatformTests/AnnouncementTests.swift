import Database
import Platform
import Primitives
import TestSupport
import Testing

/// Every workspace is told of new prices, once.
@Suite struct AnnouncementTests {
    private static let day = Duration.seconds(86_400)

    private static func recipients(_ world: World, subject: String = "Prices change%") async throws -> [String] {
        try await world.context.database.read { tx in
            try tx.rows("SELECT recipient FROM mails WHERE subject LIKE $1 ORDER BY recipient", [subject])
                .map { try $0.get("recipient") }
        }
    }

    /// More workspaces than are told at once, one of which has a test twin and one is suspended.
    private static func crowd(_ world: World) async throws -> [String] {
        let addresses = (0..<250).map { "w\(1000 + $0)@example.com" }
        for address in addresses { _ = try await CreateWorkspace(world.context)(name: "W", email: address) }
        var wish = KeyWish(name: "ci", scopes: Scope.testable)
        wish.isTest = true
        _ = try await CreateKey(world.context)(workspaceID: world.workspace.id, wish)
        try await SuspendWorkspace(world.context)(workspaceID: world.workspace.id, status: .suspended)
        return ["dev@example.com"] + addresses
    }

    private static func announce(_ world: World, days: Int = 30) async throws -> Timestamp {
        var change = PriceChange()
        change.numberMonthlyMinor = 120_00
        let from = world.clock.now() + day * days
        _ = try await SetPrices(world.context)(change, from: from)
        return from
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func everybodyIsToldOnceByManyWorkers(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let addresses = try await Self.crowd(world)
        _ = try await Self.announce(world)
        #expect(try await Self.recipients(world).isEmpty, "who sets prices does not wait for the mails")
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 { group.addTask { try await TellWorkspaces(world.context)() } }
            return try await group.reduce(0, +)
        }
        // Who finds another at work leaves it the rest, and looks again later.
        let rest = try await TellWorkspaces(world.context)()
        #expect(counts + rest == addresses.count)
        #expect(try await Self.recipients(world) == addresses)
        _ = try await CreateWorkspace(world.context)(name: "Late", email: "late@example.com")
        #expect(try await TellWorkspaces(world.context)() == 0, "who comes later reads the list")
    }

    /// A fault in the second batch: the first stays told, and nobody of it is told again.
    @Test(arguments: TestDatabase.Engine.allCases)
    func whatWasCutOffGoesOnWhereItWas(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let addresses = try await Self.crowd(world)
        _ = try await Self.announce(world)
        let last = addresses[249]
        try await world.context.database.write { tx in
            switch tx.dialect {
            case .sqlite:
                try tx.execute(
                    """
                    CREATE TRIGGER fault BEFORE INSERT ON mails WHEN NEW.recipient = '\(last)'
                    BEGIN SELECT RAISE(ABORT, 'fault'); END
                    """
                )
            case .postgres:
                try tx.execute("ALTER TABLE mails ADD CONSTRAINT fault CHECK (recipient <> '\(last)')")
            }
        }
        await #expect(throws: DatabaseError.self) { try await TellWorkspaces(world.context)() }
        #expect(try await Self.recipients(world).count == 200)
        try await world.context.database.write { tx in
            try tx.execute(
                tx.dialect == .sqlite ? "DROP TRIGGER fault" : "ALTER TABLE mails DROP CONSTRAINT fault"
            )
        }
        #expect(try await TellWorkspaces(world.context)() == 51)
        #expect(try await Self.recipients(world) == addresses)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whoWasToldIsToldThatItIsCalledOff(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let unheard = try await Self.announce(world)
        try await CancelPrices(world.context)(from: unheard)
        #expect(try await TellWorkspaces(world.context)() == 0, "nobody has heard of it")
        let heard = try await Self.announce(world)
        #expect(try await TellWorkspaces(world.context)() == 1)
        _ = try await CreateWorkspace(world.context)(name: "Late", email: "late@example.com")
        try await CancelPrices(world.context)(from: heard)
        #expect(try await TellWorkspaces(world.context)() == 1)
        #expect(try await TellWorkspaces(world.context)() == 0)
        #expect(try await Self.recipients(world, subject: "Prices do not change%") == ["dev@example.com"])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theMailSaysWhatChangesAndWhen(engine: TestDatabase.Engine) async throws {
        let world = try await World(engine)
        let from = try #require(PlatformSettings().moment(of: "2026-08-01"))
        var change = PriceChange()
        (change.numberMonthlyMinor, change.recordingFreeGB, change.vatBasisPoints) = (120_50, 4, 1800)
        _ = try await SetPrices(world.context)(change, from: from)
        _ = try await TellWorkspaces(world.context)()
        let sent = Locked<[Mail]>([])
        _ = try await SendMails(world.context, mailer: KeepingMailer(sent: sent))()
        let first = sent.withLock { $0.first }
        let mail = try #require(first)
        #expect(mail.subject == "Prices change on 2026-08-01")
        for line in [
            "Rental of a number for a month, without VAT: KES 100.00, then KES 120.50",
            "Free storage of recordings: 5 GB, then 4 GB", "VAT: 16.00 %, then 18.00 %",
            "This is for the workspace Acme.",
        ] { #expect(mail.text.contains(line), "\(mail.text)") }
        #expect(!mail.text.contains("inbound") && !mail.text.contains("outbound"))
    }
}

private struct KeepingMailer: Mailer {
    let sent: Locked<[Mail]>

    func send(_ mail: Mail) async throws { sent.withLock { $0.append(mail) } }
}
