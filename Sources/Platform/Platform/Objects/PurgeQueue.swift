import Database
import Ledger
import Primitives

/// Rows of a table whose files are to be deleted, since `purge_at`. Names of tables and columns are written here and never come from
/// outside.
struct PurgeQueue {
    /// The table.
    let table: String
    /// The column with the file's name.
    let file: String

    /// Takes rows: until `leaseEnd` nobody else will.
    ///
    /// - Parameter spoolID: the spool that the files are in, in a table that has them in several.
    func lease(
        spoolID: Identifier? = nil,
        dueBy now: Timestamp,
        until leaseEnd: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [(id: Identifier, file: String)] {
        let values: [any SQLEncodable] = [leaseEnd, now, limit]
        return try tx.rows(
            """
            UPDATE \(table) SET purge_at = $1
            WHERE id IN (SELECT id FROM \(table) WHERE purge_at <= $2\(spoolID == nil ? "" : " AND spool_id = $4")
                ORDER BY purge_at LIMIT $3\(tx.dialect.skipLocked))
            RETURNING id, \(file)
            """,
            spoolID.map { values + [$0] } ?? values
        ).map { (try $0.get("id"), try $0.get(file)) }
    }

    /// The files are gone, and the rows stay.
    func end(of ids: [Identifier], in tx: SQLTransaction) throws {
        for id in ids { try tx.execute("UPDATE \(table) SET purge_at = NULL WHERE id = $1", [id]) }
    }
}
