import Database
import Dispatch
import Logging
import TestSupport
import Testing

/// What both engines promise: every test runs on SQLite and on PostgreSQL.
@Suite struct ContractTests {
    static let schema = [
        Migration(number: 1, name: "things") { dialect in
            [
                """
                CREATE TABLE things (name TEXT PRIMARY KEY, count BIGINT NOT NULL, part DOUBLE PRECISION, data \(dialect.bytes),
                    CHECK (count > -1000000))
                """
            ]
        }
    ]

    struct Refusal: Error {}

    @Test(arguments: TestDatabase.Engine.allCases)
    func valuesComeBackAsTheyWere(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: Self.schema).database
        let bytes = (0...255).map { UInt8($0) }
        let row = try await db.write { tx in
            try tx.execute(
                "INSERT INTO things (data, part, count, name) VALUES ($4, $3, $2, $1)",
                ["Wanjikũ's \"tea\" $1 🫖", Int64.max, 0.1, bytes]
            )
            try tx.execute("INSERT INTO things (name, count) VALUES ($1, $2)", ["empty", 0])
            return try tx.first("SELECT * FROM things WHERE count = $1", [Int64.max])
        }
        let found = try #require(row)
        #expect(try found.get("name", as: String.self) == "Wanjikũ's \"tea\" $1 🫖")
        #expect(try found.get("count", as: Int64.self) == .max)
        #expect(try found.get("part", as: Double.self) == 0.1)
        #expect(try found.get("data", as: [UInt8].self) == bytes)
        let empty = try await db.read { try $0.first("SELECT part, data FROM things WHERE name = $1", ["empty"]) }
        #expect(try empty?.get("part", as: Double?.self) == .some(nil))
        #expect(try empty?.get("data", as: [UInt8]?.self) == .some(nil))
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aThrowingClosureWritesNothing(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: Self.schema).database
        await #expect(throws: Refusal.self) {
            try await db.write { tx in
                try tx.execute("INSERT INTO things (name, count) VALUES ('gone', 1)")
                throw Refusal()
            }
        }
        #expect(try await db.read { try $0.rows("SELECT name FROM things") }.isEmpty)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func errorsAreSorted(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: Self.schema).database
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('one', 1)") }
        let expectations: [(String, @Sendable (DatabaseError) -> Bool)] = [
            (
                "INSERT INTO things (name, count) VALUES ('one', 2)",
                { if case .uniqueViolation = $0 { true } else { false } }
            ),
            (
                "INSERT INTO things (name, count) VALUES ('low', -2000000)",
                { if case .constraintViolation = $0 { true } else { false } }
            ),
            ("INSERT INTO nowhere VALUES (1)", { if case .statement = $0 { true } else { false } }),
        ]
        for (sql, isExpected) in expectations {
            let error = await #expect(throws: DatabaseError.self) { try await db.write { try $0.execute(sql) } }
            #expect(error.map(isExpected) == true, "\(String(describing: error))")
        }
        for snapshot in [Snapshot.shared, .perStatement] {
            let error = await #expect(throws: DatabaseError.self) {
                try await db.read(snapshot: snapshot) { try $0.execute("DELETE FROM things") }
            }
            guard case .readOnly = error else {
                Issue.record("a read wrote: \(String(describing: error))")
                return
            }
        }
    }

    /// On PostgreSQL, whose closures have threads of their own to wait on.
    @Test(arguments: [Snapshot.shared, .perStatement])
    func whatIsCommittedDuringAReadIsSeenAsItAsked(snapshot: Snapshot) async throws {
        let db = try await TestDatabase.make(.postgres, migrations: Self.schema).database
        let (begun, committed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        async let counts = db.read(snapshot: snapshot) { tx in
            let before = try tx.rows("SELECT name FROM things").count
            begun.signal()
            let outcome = committed.wait(timeout: .now() + 120)
            return [before, outcome == .success ? try tx.rows("SELECT name FROM things").count : -1]
        }
        try await Waiting.until { begun.wait(timeout: .now()) == .success ? true : nil }
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('new', 1)") }
        committed.signal()
        #expect(try await counts == [0, snapshot == .shared ? 0 : 1])
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func concurrentIncrementsLoseNothingAndFailuresHarmNoNeighbour(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: Self.schema).database
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('sum', 0)") }
        let succeeded = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<120 {
                group.addTask {
                    do {
                        try await db.write(isolation: .readCommitted) { tx in
                            let row = try tx.first("SELECT count FROM things WHERE name = 'sum'\(tx.dialect.forUpdate)")
                            let count: Int = try row?.get("count") ?? 0
                            try tx.execute("UPDATE things SET count = $1 WHERE name = 'sum'", [count + 1])
                            if index.isMultiple(of: 3) { throw Refusal() }
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(succeeded == 80)
        #expect(try await db.read { try $0.first("SELECT count FROM things")?.get("count", as: Int.self) } == 80)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func serialisationFailuresAreRetried(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: Self.schema).database
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('sum', 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    try await db.write { tx in
                        let row = try tx.first("SELECT count FROM things WHERE name = 'sum'")
                        try tx.execute(
                            "UPDATE things SET count = $1 WHERE name = 'sum'",
                            [(try row?.get("count", as: Int.self) ?? 0) + 1]
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await db.read { try $0.first("SELECT count FROM things")?.get("count", as: Int.self) } == 12)
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func listenersWakeAfterTheCommitOnly(engine: TestDatabase.Engine) async throws {
        let test = try await TestDatabase.make(engine, migrations: Self.schema)
        let db = test.database
        let news = db.notifications("things")
        await #expect(throws: Refusal.self) {
            try await db.write { tx in
                tx.notify("other")
                throw Refusal()
            }
        }
        try await db.write { tx in
            try tx.execute("INSERT INTO things (name, count) VALUES ('told', 1)")
            tx.notify("things")
        }
        try await Waiting.first(of: news)
        #expect(try await db.read { try $0.rows("SELECT name FROM things") }.count == 1)
    }

    @Test func anotherNodeIsWokenOnPostgreSQL() async throws {
        let test = try await TestDatabase.make(.postgres, migrations: Self.schema)
        let other = try await Database.open(test.location, migrations: Self.schema, logger: Logger(label: "test"))
        let news = other.notifications("things")
        try await Waiting.within {
            async let woken: Void = Waiting.first(of: news)
            try await test.database.write { $0.notify("things") }
            try await woken
        }
        await other.close()
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func migrationsRunOnceHoweverManyNodesStart(engine: TestDatabase.Engine) async throws {
        let test = try await TestDatabase.make(engine)
        let steps =
            Self.schema + [
                Migration(number: 2, name: "first thing") { _ in ["INSERT INTO things (name, count) VALUES ('made', 1)"]
                }
            ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    let node = try await Database.open(test.location, migrations: steps, logger: Logger(label: "test"))
                    await node.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try await test.database.read { try $0.rows("SELECT name FROM things") }.count == 1)
        let changed = [Migration(number: 1, name: "things") { _ in ["CREATE TABLE things (name TEXT)"] }]
        await #expect(throws: DatabaseError.self) {
            _ = try await Database.open(test.location, migrations: changed, logger: Logger(label: "test"))
        }
        await #expect(throws: DatabaseError.self, "an older program must not touch a newer schema") {
            _ = try await Database.open(test.location, migrations: Self.schema, logger: Logger(label: "test"))
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aClosedDatabaseRefuses(engine: TestDatabase.Engine) async throws {
        let db = try await TestDatabase.make(engine, migrations: Self.schema).database
        await db.close()
        let error = await #expect(throws: DatabaseError.self) {
            try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('late', 1)") }
        }
        guard case .unavailable = error else {
            Issue.record("closed, but: \(String(describing: error))")
            return
        }
        let reading = await #expect(throws: DatabaseError.self) { try await db.read { try $0.rows("SELECT 1 AS one") } }
        guard case .unavailable = reading else {
            Issue.record("closed, but: \(String(describing: reading))")
            return
        }
    }
}
