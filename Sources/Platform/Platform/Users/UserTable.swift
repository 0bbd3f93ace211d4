import Database
import Ledger
import Primitives

/// All SQL of users.
enum UserTable {
    static let migration = Migration(number: 204, name: "users") { dialect in
        [
            """
            CREATE TABLE users (
                id \(dialect.bytes) PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, created_at BIGINT NOT NULL)
            """
        ]
    }

    /// The user of an address, made now if there is none; two at once make one.
    static func findOrInsert(
        _ email: EmailAddress,
        id: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> User {
        try tx.execute(
            "INSERT INTO users (id, email, created_at) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING",
            [id, email.text, now]
        )
        guard let row = try tx.first("SELECT * FROM users WHERE email = $1", [email.text]) else {
            throw DatabaseError.statement("a user was neither made nor found")
        }
        return try user(row)
    }

    static func find(_ id: Identifier, in tx: SQLTransaction) throws -> User? {
        try tx.first("SELECT * FROM users WHERE id = $1", [id]).map(user)
    }

    static func setName(_ name: String, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE users SET name = $1 WHERE id = $2", [name, id])
    }

    static func user(_ row: Row) throws -> User {
        User(
            id: try row.get("id"),
            email: try row.get("email"),
            name: try row.get("name"),
            createdAt: try row.get("created_at")
        )
    }
}
