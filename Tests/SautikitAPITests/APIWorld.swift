import Crypto
import Database
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Platform
import Primitives
import SautikitAPI
import Sound
import TestSupport
import WebSupport

/// The API on a fresh database, asked without a socket.
struct APIWorld: Sendable {
    static let number = "+254200000001"
    static let publicURL = "https://api.example.com"

    let context: PlatformContext
    let clock = ManualWallClock()
    let apiKey: String
    let workspaceID: Identifier
    private(set) var shelf: TestShelf
    let registry = MetricsRegistry()
    private let requestsPerMinute: Int
    let tokens = SIPTokenKeys(active: SymmetricKey(size: .bits256))
    private let document: OpenAPIDocument

    init(
        _ engine: TestDatabase.Engine = .sqlite,
        creditMinor: Int64 = 1000_00,
        requestsPerMinute: Int = 10_000,
        settings: PlatformSettings = PlatformSettings()
    ) async throws {
        let database = try await TestDatabase.make(engine, migrations: PlatformSchema.migrations).database
        try await self.init(
            database,
            creditMinor: creditMinor,
            requestsPerMinute: requestsPerMinute,
            settings: settings
        )
    }

    /// The same on a database of the test's own.
    init(
        _ database: Database,
        creditMinor: Int64 = 1000_00,
        requestsPerMinute: Int = 10_000,
        settings: PlatformSettings = PlatformSettings()
    ) async throws {
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
            creditMinor: creditMinor
        )
        (apiKey, workspaceID) = (created.apiKey, created.workspace.id)
        self.requestsPerMinute = requestsPerMinute
        shelf = try TestShelf()
        document = try SautikitDocument.make()
    }

    /// The same with another store.
    func with(_ shelf: TestShelf) -> APIWorld {
        var world = self
        world.shelf = shelf
        return world
    }

    /// The API as it is served.
    var router: Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: ContractMiddleware())
        router.add(middleware: EnvelopeMiddleware(ids: context.ids, publicURL: Self.publicURL))
        HealthRoutes(context, registry: registry).add(to: router)
        var configuration = SautikitAPI.Configuration(
            vault: shelf.vault,
            inspector: inspector,
            document: document,
            tokens: tokens,
            publicURL: Self.publicURL
        )
        configuration.browserEndpoint = { "wss://sip.example.com:7443" }
        configuration.requestsPerMinute = requestsPerMinute
        configuration.signInRequestsPerMinute = requestsPerMinute
        SautikitAPI(
            context,
            configuration: configuration,
            keys: AuthenticateKey(context),
            sessions: AuthenticateSession(context)
        ).addRoutes(to: router)
        return router
    }

    /// Uploads are looked at by sox.
    var inspector: AudioInspection {
        var settings = SoundSettings(
            cacheFolder: shelf.folder.path("sounds"),
            promptsFolder: shelf.folder.path("prompts"),
            publicURL: Self.publicURL
        )
        // All tests share two threads or so, which they also block: a program's end is noticed late here.
        settings.decodeTimeout = .seconds(600)
        return AudioInspection(settings, logger: context.logger)
    }

    /// Runs `body` with a way to ask: the router itself, or a real socket with `.live`.
    func serving(
        _ setup: TestingSetup = .router,
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
            .test(setup, body)
    }

    /// Asks, with the workspace's key unless told otherwise, and reads the JSON.
    func ask(
        _ client: any TestClientProtocol,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        key: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> (status: Int, json: JSONValue, headers: HTTPFields) {
        let answer = try await send(client, method, path, body, key: key, headers: headers)
        return (
            answer.status, answer.bytes.isEmpty ? .null : try JSONValue(parsing: Data(answer.bytes)), answer.headers
        )
    }

    /// Asks, and reads the bytes.
    func send(
        _ client: any TestClientProtocol,
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        key: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> (status: Int, bytes: [UInt8], headers: HTTPFields) {
        var headers = headers
        headers[.authorization] = "Bearer \(key ?? apiKey)"
        headers[.contentType] = "application/json"
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) { ($0.status.code, Array($0.body.readableBytesView), $0.headers) }
    }

    func claimNumber() async throws {
        _ = try await ClaimNumber(context)(workspaceID: workspaceID, wanted: .e164(Self.number))
    }

    func placeCall(record: Bool = false) async throws -> Call {
        var request = CallRequest(workspaceID: workspaceID, from: Self.number, to: "+254712345678")
        request.record = record
        return try await PlaceCall(context)(request).call
    }

    /// Takes the placed calls as a voice node would, and answers one.
    func answer(_ call: Call) async throws {
        _ = try await TakeVoiceCommands(context)(nodeID: context.ids.next(), limit: 10)
        let step = RecordProgress.Step("sip.answered", id: context.ids.next(), at: clock.now(), event: .answered)
        try await RecordProgress(context)(callID: call.id, steps: [step])
    }
}
