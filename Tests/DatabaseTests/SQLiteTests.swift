import Database
import TestSupport
import Testing

/// What only SQLite can get wrong.
@Suite struct SQLiteTests {
    @Test func aCommitReachesTheDisk() async throws {
        let db = try await TestDatabase.make(.sqlite).database
        let synchronous = try await db.write { try $0.first("PRAGMA synchronous")?.get("synchronous", as: Int.self) }
        #expect(synchronous == 2)
        let journal = try await db.read { try $0.first("PRAGMA journal_mode")?.get("journal_mode", as: String.self) }
        #expect(journal == "wal")
    }

    @Test func aFullDiskIsReportedAndHeals() async throws {
        let db = try await TestDatabase.make(.sqlite, migrations: ContractTests.schema).database
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('before', 1)") }
        let pages = try await db.write { try $0.first("PRAGMA page_count")?.get("page_count", as: Int.self) ?? 0 }
        _ = try await db.write { try $0.rows("PRAGMA max_page_count = \(pages)") }
        let big = [UInt8](repeating: 7, count: 200_000)
        let error = await #expect(throws: DatabaseError.self) {
            try await db.write { try $0.execute("INSERT INTO things (name, count, data) VALUES ('big', 1, $1)", [big]) }
        }
        guard case .unavailable = error else {
            Issue.record("a full disk is not \(String(describing: error))")
            return
        }
        _ = try await db.write { try $0.rows("PRAGMA max_page_count = 1000000") }
        try await db.write { try $0.execute("INSERT INTO things (name, count, data) VALUES ('big', 1, $1)", [big]) }
        #expect(try await db.read { try $0.rows("SELECT name FROM things") }.count == 2)
    }

    @Test func aFullDiskFailsEveryWriterOfItsGroup() async throws {
        let db = try await TestDatabase.make(.sqlite, migrations: ContractTests.schema).database
        let pages = try await db.write { try $0.first("PRAGMA page_count")?.get("page_count", as: Int.self) ?? 0 }
        _ = try await db.write { try $0.rows("PRAGMA max_page_count = \(pages)") }
        let big = [UInt8](repeating: 7, count: 100_000)
        let done = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<40 {
                group.addTask {
                    do {
                        try await db.write {
                            try $0.execute(
                                "INSERT INTO things (name, count, data) VALUES ($1, 1, $2)",
                                ["n\(index)", big]
                            )
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 0)
        #expect(try await db.read { try $0.rows("SELECT name FROM things") }.isEmpty)
    }

    @Test func moreReadersThanConnectionsTakeTurns() async throws {
        var settings = DatabaseSettings()
        settings.poolSize = 2
        let db = try await TestDatabase.make(.sqlite, migrations: ContractTests.schema, settings: settings).database
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('one', 1)") }
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await db.read { try $0.first("SELECT count FROM things")?.get("count", as: Int.self) ?? 0 }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 200)
    }

    /// A statement stays prepared when another process changes the schema, and `*` means more then.
    @Test func aPreparedStatementSeesNewColumns() async throws {
        let db = try await TestDatabase.make(.sqlite, migrations: ContractTests.schema).database
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('one', 1)") }
        let query = "SELECT * FROM things"
        #expect(try await db.read { try $0.first(query)?.get("name", as: String.self) } == "one")
        try await db.write { try $0.execute("ALTER TABLE things ADD COLUMN colour TEXT DEFAULT 'red'") }
        #expect(try await db.read { try $0.first(query)?.get("colour", as: String.self) } == "red")
    }

    @Test func aReadThatFailsLeavesItsConnectionClean() async throws {
        var settings = DatabaseSettings()
        settings.poolSize = 1
        let db = try await TestDatabase.make(.sqlite, migrations: ContractTests.schema, settings: settings).database
        for _ in 0..<3 {
            await #expect(throws: DatabaseError.self) {
                try await db.read { try $0.rows("SELECT nothing FROM things") }
            }
            await #expect(throws: DatabaseError.self) { try await db.read { try $0.execute("DELETE FROM things") } }
        }
        try await db.write { try $0.execute("INSERT INTO things (name, count) VALUES ('late', 1)") }
        #expect(try await db.read { try $0.rows("SELECT name FROM things") }.count == 1)
    }

    @Test func aWriterAmongOthersKeepsItsPlaceInTheGroup() async throws {
        let db = try await TestDatabase.make(.sqlite, migrations: ContractTests.schema).database
        try await withThrowingTaskGroup { group in
            for index in 0..<3 {
                group.addTask {
                    for turn in 0..<10 {
                        try await db.write {
                            try $0.execute("INSERT INTO things (name, count) VALUES ($1, 1)", ["\(index).\(turn)"])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let names = try await db.read { try $0.rows("SELECT name FROM things") }.map {
            try $0.get("name", as: String.self)
        }
        for index in 0..<3 {
            #expect(names.filter { $0.hasPrefix("\(index).") } == (0..<10).map { "\(index).\($0)" })
        }
    }
}
