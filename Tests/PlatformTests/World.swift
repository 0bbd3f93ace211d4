import Crypto
import Database
import Ledger
import Logging
import Platform
import Primitives
import TestSupport

/// A platform on a fresh database, with a workspace that has money and a number.
struct World: Sendable {
    static let number = "+254200000001"
    static let callee = "+254712345678"
    /// 4 of June's 30 days at KES 100, and 16 % VAT: 1,333 and 213.
    static let rentalMinor: Int64 = 15_46

    let context: PlatformContext
    let clock = ManualWallClock()
    let workspace: Workspace
    let apiKey: String

    init(
        _ engine: TestDatabase.Engine,
        creditMinor: Int64 = 1000_00,
        change: (inout PlatformSettings) -> Void = { _ in }
    ) async throws {
        var settings = PlatformSettings()
        change(&settings)
        let database = try await TestDatabase.make(engine, migrations: PlatformSchema.migrations).database
        context = PlatformContext(
            database: database,
            clock: clock,
            ids: SystemIdentifierSource(clock: clock),
            secrets: SecretBox(masterKey: SymmetricKey(size: .bits256)),
            settings: settings,
            logger: Logger(label: "test")
        )
        _ = try await AddNumbers(context)([Self.number, "+254200000002"])
        let created = try await CreateWorkspace(context)(
            name: "Acme",
            email: "dev@example.com",
            creditMinor: creditMinor + Self.rentalMinor
        )
        workspace = created.workspace
        apiKey = created.apiKey
        _ = try await ClaimNumber(context)(
            workspaceID: workspace.id,
            wanted: .e164(Self.number),
            routing: NumberRouting(eventsURL: "https://acme.example/events", signingSecret: "whsec_0123456789abcdef")
        )
    }

    func request() -> CallRequest {
        CallRequest(workspaceID: workspace.id, from: Self.number, to: Self.callee)
    }

    /// What a receiver's answer makes of a delivery.
    func outcome(of delivery: Delivery, status: Int) -> AttemptOutcome {
        AttemptOutcome(
            delivery: delivery,
            startedAt: clock.now(),
            duration: .milliseconds(5),
            statusCode: status
        )
    }

    func balance() async throws -> Int64 {
        try await GetWallet(context)(workspaceID: workspace.id).balance.minor
    }

    func differences() async throws -> [LedgerDifference] {
        try await context.database.read { try LedgerChecker.differences(in: $0) }
    }

    /// Places a call and answers it as a voice node would.
    func answeredCall(node: Identifier) async throws -> Call {
        let call = try await PlaceCall(context)(request()).call
        _ = try await TakeVoiceCommands(context)(nodeID: node, limit: 10)
        try await RecordProgress(context)(
            callID: call.id,
            steps: [
                .init("sip.ringing", id: context.ids.next(), at: clock.now(), event: .alerting),
                .init("sip.answered", id: context.ids.next(), at: clock.now(), event: .answered),
            ]
        )
        return call
    }

    func read(_ call: Call) async throws -> (call: Call, timeline: [TimelineEntry]) {
        try await GetCall(context)(workspaceID: workspace.id, reference: call.id.rendered(prefix: "call"))
    }
}
