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
import TestSupport
import WebSupport

/// The API on a fresh database, asked without a socket.
struct APIWorld: Sendable {
    static let number = "+254200000001"

    let context: PlatformContext
    let clock = ManualWallClock()
    let apiKey: String
    let workspaceID: Identifier
    private let requestsPerMinute: Int

    init(
        _ engine: TestDatabase.Engine = .sqlite,
        creditMinor: Int64 = 1000_00,
        requestsPerMinute: Int = 10_000
    ) async throws {
        let database = try await TestDatabase.make(engine, migrations: PlatformSchema.migrations).database
        context = PlatformContext(
            database: database,
            clock: clock,
            ids: SystemIdentifierSource(clock: clock),
            secrets: SecretBox(masterKey: SymmetricKey(size: .bits256)),
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
    }

    private var router: Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: EnvelopeMiddleware(ids: context.ids))
        HealthRoutes(context, registry: MetricsRegistry()).add(to: router)
        var configuration = SautikitAPI.Configuration(
            recordingsFolder: FileManager.default.temporaryDirectory.path,
            publicURL: "https://api.example.com"
        )
        configuration.requestsPerMinute = requestsPerMinute
        SautikitAPI(context, configuration: configuration, authenticate: AuthenticateKey(context)).addRoutes(to: router)
        return router
    }

    /// Runs `body` with a way to ask.
    func serving(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await Application(router: router).test(.router, body)
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
        var headers = headers
        headers[.authorization] = "Bearer \(key ?? apiKey)"
        headers[.contentType] = "application/json"
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) { response in
            let data = Data(response.body.readableBytesView)
            return (response.status.code, data.isEmpty ? .null : try JSONValue(parsing: data), response.headers)
        }
    }

    func claimNumber() async throws {
        _ = try await ClaimNumber(context)(workspaceID: workspaceID, wanted: .e164(Self.number))
    }
}
