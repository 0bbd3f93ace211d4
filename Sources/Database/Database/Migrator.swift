/// Brings a database to the program's schema: steps in order, each once, and refuses a history that disagrees.
struct Migrator {
    private let migrations: [Migration]

    init(_ migrations: [Migration]) throws(DatabaseError) {
        let sorted = migrations.sorted { $0.number < $1.number }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left.number == right.number {
            throw .migration("number \(left.number) is used by \(left.name) and by \(right.name)")
        }
        self.migrations = sorted
    }

    func run(in tx: SQLTransaction) throws {
        try tx.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum BIGINT NOT NULL)"
        )
        var applied: [Int: (name: String, checksum: Int64)] = [:]
        for row in try tx.rows("SELECT number, name, checksum FROM schema_migrations") {
            applied[try row.get("number")] = (try row.get("name"), try row.get("checksum"))
        }
        if let unknown = applied.keys.first(where: { number in !migrations.contains { $0.number == number } }) {
            throw DatabaseError.migration(
                "the database has step \(unknown), which this program does not know: it was made by a newer version"
            )
        }
        for migration in migrations {
            let statements = migration.statements(tx.dialect)
            let checksum = Self.checksum(statements)
            if let earlier = applied[migration.number] {
                guard earlier.checksum == checksum else {
                    throw DatabaseError.migration(
                        "step \(migration.number) (\(migration.name)) was changed after it ran"
                    )
                }
                continue
            }
            for statement in statements { try tx.execute(statement) }
            try tx.execute(
                "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)",
                [migration.number, migration.name, checksum]
            )
        }
    }

    /// FNV-1a over the text with runs of white space folded, so that re-indenting is no change.
    private static func checksum(_ statements: [String]) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for statement in statements {
            for word in statement.split(whereSeparator: \.isWhitespace) {
                for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
                hash = (hash ^ 0x20) &* 0x100_0000_01b3
            }
        }
        return Int64(bitPattern: hash)
    }
}
