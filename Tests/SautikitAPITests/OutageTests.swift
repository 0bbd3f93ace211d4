import Database
import HTTPTypes
import HummingbirdTesting
import Ledger
import Logging
import Platform
import Primitives
import TestSupport
import Testing

/// The database gone and the disk full: a 503, nothing half done, and all well again without a restart.
@Suite(.timeLimit(.minutes(2))) struct OutageTests {
    private static let body = #"{"from": "+254200000001", "to": "+254712345678"}"#

    @Test func aStoppedPostgreSQLIsA503AndNothingIsLeftOfIt() async throws {
        let cluster = try await PostgreSQLCluster()
        defer { cluster.remove() }
        var settings = DatabaseSettings()
        settings.connectTimeout = .seconds(2)
        let database = try await Database.open(
            .postgres(try await cluster.createDatabase()),
            migrations: PlatformSchema.migrations,
            settings: settings,
            logger: Self.quiet
        )
        let world = try await APIWorld(database)
        try await world.claimNumber()
        try await world.serving { client in
            #expect(try await world.ask(client, .post, "/v1/calls", Self.body).status == 201)
            try await cluster.stop()
            let questions: [(HTTPRequest.Method, String, String?)] = [
                (.post, "/v1/calls", Self.body), (.get, "/v1/wallet", nil),
            ]
            for (method, path, body) in questions {
                let answer = try await world.ask(client, method, path, body)
                #expect(answer.status == 503, "\(path): \(answer.json)")
                #expect(answer.json["error"]?["code"] == "service.unavailable", "\(answer.json)")
                #expect(answer.headers[.retryAfter] != nil)
            }
            #expect(try await world.ask(client, .get, "/health").status == 503)
            try await cluster.start()
            try await Waiting.until {
                try await world.ask(client, .get, "/health").status == 200 ? true : nil
            }
            #expect(try await Self.calls(world, client) == 1)
            #expect(try await world.ask(client, .post, "/v1/calls", Self.body).status == 201)
            #expect(try await Self.calls(world, client) == 2)
        }
        #expect(try await database.read { try LedgerChecker.differences(in: $0) }.isEmpty)
        await database.close()
    }

    @Test func aFullDiskIsA503AndNothingIsLeftOfIt() async throws {
        let database = try await TestDatabase.make(.sqlite, migrations: PlatformSchema.migrations).database
        let world = try await APIWorld(database)
        try await world.claimNumber()
        let pages =
            try await database.read { try $0.first("PRAGMA page_count")?.get("page_count", as: Int64.self) } ?? 0
        _ = try await database.write { try $0.rows("PRAGMA max_page_count = \(pages)") }
        try await world.serving { client in
            // What is left of the last pages takes a few calls.
            var placed = 0
            var refused: (status: Int, code: String)?
            for _ in 0..<90 where refused == nil {
                let answer = try await world.ask(client, .post, "/v1/calls", Self.body)
                if answer.status == 201 { placed += 1 } else { refused = (answer.status, "\(answer.json)") }
            }
            #expect(refused?.status == 503, "\(String(describing: refused))")
            // Reading goes on, and nothing of the refused call is there.
            #expect(try await Self.calls(world, client) == placed)
            _ = try await database.write { try $0.rows("PRAGMA max_page_count = 1000000") }
            #expect(try await world.ask(client, .post, "/v1/calls", Self.body).status == 201)
        }
        #expect(try await database.read { try LedgerChecker.differences(in: $0) }.isEmpty)
        await database.close()
    }

    /// How many calls the API lists.
    private static func calls(_ world: APIWorld, _ client: any TestClientProtocol) async throws -> Int {
        guard case .array(let calls)? = try await world.ask(client, .get, "/v1/calls?limit=100").json["data"] else {
            return -1
        }
        return calls.count
    }

    private static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}
