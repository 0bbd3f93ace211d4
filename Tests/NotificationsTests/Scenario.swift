import Crypto
import Database
import Foundation
import Ledger
import Logging
import NIOCore
import NIOPosix
import OutboundHTTP
import Platform
import Primitives
import TestSupport
import WebTestSupport

@testable import Notifications

/// A workspace with a number on a real database, and a dispatcher that sends its webhooks.
struct Scenario: Sendable {
    static let secret = "whsec_maji_mazuri_ya_nairobi"

    let context: PlatformContext
    let clock: ManualWallClock
    let workspaceID: Identifier
    let number: String
    let client: GuardedClient
    let sender: WebhookSender
    let settings: WebhookSettings

    static func make(
        _ engine: TestDatabase.Engine = .sqlite,
        eventsURL: String? = nil,
        policy: DestinationPolicy = DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
        resolver: any HostResolver = SystemHostResolver(group: MultiThreadedEventLoopGroup.singleton),
        adjust: (inout WebhookSettings) -> Void = { _ in }
    ) async throws -> Scenario {
        let test = try await TestDatabase.make(engine, migrations: PlatformSchema.migrations)
        let clock = ManualWallClock()
        var settings = WebhookSettings()
        settings.pollInterval = .milliseconds(20)
        adjust(&settings)
        var rules = PlatformSettings()
        rules.maxConcurrentCalls = 0
        let context = PlatformContext(
            database: test.database,
            clock: clock,
            ids: SystemIdentifierSource(clock: clock),
            secrets: SecretBox(masterKey: SymmetricKey(size: .bits256)),
            settings: rules,
            logger: Logger(label: "test")
        )
        let created = try await CreateWorkspace(context)(
            name: "Duka la Wanjiku",
            email: "dev@duka.example.co.ke",
            creditMinor: 1_000_000
        )
        let number = "+254201234567"
        _ = try await AddNumbers(context)([number])
        var routing = NumberRouting()
        routing.eventsURL = eventsURL
        routing.signingSecret = secret
        _ = try await ClaimNumber(context)(
            workspaceID: created.workspace.id,
            wanted: .e164(number),
            routing: routing
        )
        let client = GuardedClient(
            policy: policy,
            resolver: resolver,
            group: MultiThreadedEventLoopGroup.singleton
        )
        let sender = WebhookSender(client: client, clock: clock, settings: settings)
        return Scenario(
            context: context,
            clock: clock,
            workspaceID: created.workspace.id,
            number: number,
            client: client,
            sender: sender,
            settings: settings
        )
    }

    /// Accepts a call, which emits `call.started` to `url`.
    func placeCall(callback url: String? = nil) async throws {
        var request = CallRequest(workspaceID: workspaceID, from: number, to: "+254712345678")
        request.voiceCallbackURL = url
        _ = try await PlaceCall(context)(request)
    }

    /// Runs `body` beside a running dispatcher.
    func dispatching<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
        let dispatcher = WebhookDispatcher(context: context, sender: sender, settings: settings)
        let result: Result<T, any Error>
        let running = Task { try await dispatcher.run() }
        do { result = .success(try await body()) } catch { result = .failure(error) }
        running.cancel()
        _ = try? await running.value
        await client.shutDown()
        return try result.get()
    }

    /// The delivery log when it says what is waited for.
    func log(until passes: @escaping @Sendable ([DeliveryLogEntry]) -> Bool) async throws -> [DeliveryLogEntry] {
        try await Waiting.until {
            let log = try await DeliveryLogEntry.all(of: workspaceID, in: context.database)
            return passes(log) ? log : nil
        }
    }
}
