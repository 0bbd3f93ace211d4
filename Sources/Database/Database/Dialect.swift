/// The few differences between the two engines' SQL.
package enum Dialect: Sendable {
    /// SQLite 3, the embedded default.
    case sqlite
    /// PostgreSQL, for production and for many nodes.
    case postgres

    /// The column type for bytes.
    package var bytes: String { self == .sqlite ? "BLOB" : "BYTEA" }

    /// Appended to a `CREATE TABLE` of short rows: SQLite then keeps them in the tree of their primary key, not in two trees.
    package var clustered: String { self == .sqlite ? " WITHOUT ROWID" : "" }

    /// Appended to a `SELECT` that takes work: on PostgreSQL rows that another node is taking are left out. SQLite has one writer.
    package var skipLocked: String { self == .sqlite ? "" : " FOR UPDATE SKIP LOCKED" }

    /// Appended to a `SELECT` whose rows are about to change.
    package var forUpdate: String { self == .sqlite ? "" : " FOR UPDATE" }

    /// Appended to a `SELECT` by those who take turns with each other, but not with whoever only refers to the rows.
    package var forNoKeyUpdate: String { self == .sqlite ? "" : " FOR NO KEY UPDATE" }
}
