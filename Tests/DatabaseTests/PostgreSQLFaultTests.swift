import Database
import Foundation
import Logging
import TestSupport
import Testing

/// PostgreSQL going away, under a cluster of its own so that other tests are not disturbed.
@Suite struct PostgreSQLFaultTests {
    @Test func lostConnectionsHealWithoutARestart() async throws {
        let cluster = try await PostgreSQLCluster()
        defer { cluster.remove() }
        let location = DatabaseLocation.postgres(try await cluster.createDatabase())
        let db = try await Database.open(location, migrations: ContractTests.schema, logger: Logger(label: "test"))
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('before', 1)") }
        // Waits until they are gone: a statement that is cut off in the middle is another matter.
        try await cluster.execute(
            "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE application_name = 'sautikit'"
        )
        #expect(try await db.read(snapshot: .perStatement) { try $0.rows("SELECT name FROM things") }.count == 1)
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('after the cut', 1)") }

        try await cluster.stop()
        let error = await #expect(throws: DatabaseError.self) {
            try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('while down', 1)") }
        }
        guard case .unavailable = error else {
            Issue.record("down, but: \(String(describing: error))")
            return
        }
        try await cluster.start()
        let news = db.notifications("things")
        try await db.write { tx in
            try tx.execute("INSERT INTO things (name, count) VALUES ('after the restart', 1)")
            tx.notify("things")
        }
        try await Waiting.first(of: news)
        #expect(try await db.read { try $0.rows("SELECT name FROM things") }.count == 3)
        await db.close()
    }

    /// Connections that are ended one by one say so in a way of their own, and those of a server that crashes in another.
    @Test(arguments: [false, true]) func aPoolOfDeadConnectionsFailsNobody(hasCrashed: Bool) async throws {
        let cluster = try await PostgreSQLCluster()
        defer { cluster.remove() }
        var settings = DatabaseSettings()
        settings.poolSize = 8
        let location = DatabaseLocation.postgres(try await cluster.createDatabase())
        let db = try await Database.open(
            location,
            migrations: ContractTests.schema,
            settings: settings,
            logger: Logger(label: "test")
        )
        let rounds = hasCrashed ? 3 : 10
        for round in 0..<rounds {
            // Readers that wait for each other open every connection of the pool.
            try await Self.atOnce(8) {
                try await db.read(snapshot: .perStatement) { try $0.rows("SELECT pg_sleep(0.05)") }
            }
            if hasCrashed {
                try await cluster.stop()
                try await cluster.start()
            } else {
                try await cluster.execute(
                    "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE application_name = 'sautikit'"
                )
            }
            // One after another, each may meet a connection that died while it lay idle, and none a second one.
            for turn in 0..<4 {
                try await db.write {
                    try $0.execute("INSERT INTO things (name, count) VALUES ($1, 1)", ["\(round).\(turn)"])
                }
            }
            try await Self.atOnce(8) { try await db.read { try $0.rows("SELECT name FROM things") } }
        }
        #expect(try await db.read { try $0.rows("SELECT name FROM things") }.count == 4 * rounds)
        await db.close()
    }

    /// Runs `work` as often as asked, all at the same time.
    private static func atOnce<T: Sendable>(_ count: Int, _ work: @escaping @Sendable () async throws -> T) async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { _ = try await work() } }
            try await group.waitForAll()
        }
    }

    @Test(arguments: [false, true]) func aCommitWithoutAnAnswerIsInDoubt(libpqThinksItOpen: Bool) async throws {
        let cluster = try await PostgreSQLCluster()
        defer { cluster.remove() }
        var url = try await cluster.createDatabase()
        let folder = try TemporaryFolder()
        var proxy: ReassuringProxy?
        if libpqThinksItOpen {
            proxy = try await ReassuringProxy(in: folder.url.path, before: cluster.socketPath)
            url += " host=\(folder.url.path) port=5432"
        }
        let db = try await Database.open(.postgres(url), migrations: Self.dyingAtCommit, logger: Logger(label: "test"))
        let runs = Locked(0)
        let error = await #expect(throws: DatabaseError.self) {
            try await db.write { tx in
                runs.withLock { $0 += 1 }
                try tx.execute("INSERT INTO things (name, count) VALUES ('die', 1)")
            }
        }
        guard case .inDoubt = error else {
            Issue.record("the commit's answer was lost, but: \(String(describing: error))")
            return
        }
        #expect(runs.withLock { $0 } == 1, "a commit in doubt must not be tried again")
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('alive', 1)") }
        await db.close()
        try await proxy?.close()
    }

    /// A row named `die` ends its own connection while it is committed.
    private static let dyingAtCommit =
        ContractTests.schema + [
            Migration(number: 2, name: "a commit that kills its own backend") { _ in
                [
                    """
                    CREATE FUNCTION die() RETURNS trigger AS $$
                    BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$ LANGUAGE plpgsql
                    """,
                    """
                    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON things DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW WHEN (NEW.name = 'die') EXECUTE FUNCTION die()
                    """,
                ]
            }
        ]

    @Test func aTransactionIsNotDoneWhenOneOfItsStatementsFailed() async throws {
        let cluster = try await PostgreSQLCluster()
        defer { cluster.remove() }
        let location = DatabaseLocation.postgres(try await cluster.createDatabase())
        let db = try await Database.open(location, migrations: ContractTests.schema, logger: Logger(label: "test"))
        await #expect(throws: DatabaseError.self) {
            try await db.write { tx in
                try tx.execute("INSERT INTO things (name, count) VALUES ('lost', 1)")
                // What the caller of a write must not do: go on as if nothing had happened.
                _ = try? tx.execute("INSERT INTO nowhere (name) VALUES ('fails')")
            }
        }
        #expect(try await db.read { try $0.rows("SELECT name FROM things") }.isEmpty)
        await db.close()
    }
}
