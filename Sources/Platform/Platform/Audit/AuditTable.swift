import Database
import Foundation
import Ledger
import Primitives

/// All SQL of the audit log.
enum AuditTable {
    static let migration = Migration(number: 203, name: "audit") { dialect in
        [
            """
            CREATE TABLE audit_entries (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL, occurred_at BIGINT NOT NULL,
                action TEXT NOT NULL, asker_kind TEXT NOT NULL, asker_id \(dialect.bytes), asker_name TEXT, address TEXT,
                request_id TEXT, subject_id \(dialect.bytes) NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL)
            """,
            "CREATE INDEX audit_entries_by_workspace ON audit_entries (workspace_id, id)",
            "CREATE INDEX audit_entries_by_action ON audit_entries (workspace_id, action, id)",
            "CREATE INDEX audit_entries_by_subject ON audit_entries (workspace_id, subject_id, id)",
            "CREATE INDEX audit_entries_by_asker ON audit_entries (workspace_id, asker_id, id)",
        ]
    }

    static func insert(_ entry: AuditEntry, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO audit_entries (id, workspace_id, occurred_at, action, asker_kind, asker_id, asker_name, address,
                request_id, subject_id, before, after)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            [
                entry.id, entry.workspaceID, entry.occurredAt, entry.action.rawValue, entry.asker.kind.rawValue,
                entry.asker.id, entry.asker.name, entry.asker.address?.description, entry.asker.requestID,
                entry.subjectID, entry.before.text, entry.after.text,
            ]
        )
    }

    /// Newest first; ids are in the order of time, so spans of time are spans of ids.
    static func page(_ filter: AuditFilter, of workspaceID: Identifier, in tx: SQLTransaction) throws -> [AuditEntry] {
        var conditions = ["workspace_id = $1"]
        var values: [any SQLEncodable] = [workspaceID]
        func require(_ condition: String, _ value: any SQLEncodable) {
            values.append(value)
            conditions.append(condition + "$\(values.count)")
        }
        if let action = filter.action { require("action = ", action.rawValue) }
        if let askerID = filter.askerID { require("asker_id = ", askerID) }
        if let subjectID = filter.subjectID { require("subject_id = ", subjectID) }
        if let from = filter.from { require("id >= ", Identifier.first(at: from)) }
        if let to = filter.to { require("id < ", Identifier.first(at: to)) }
        if let before = filter.before { require("id < ", before) }
        values.append(filter.limit)
        return try tx.rows(
            """
            SELECT * FROM audit_entries WHERE \(conditions.joined(separator: " AND "))
            ORDER BY id DESC LIMIT $\(values.count)
            """,
            values
        ).map(entry)
    }

    private static func entry(_ row: Row) throws -> AuditEntry {
        guard let action = AuditAction(rawValue: try row.get("action")),
            let kind = Asker.Kind(rawValue: try row.get("asker_kind"))
        else { throw DatabaseError.decoding("audit_entries: action or asker") }
        return AuditEntry(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            occurredAt: try row.get("occurred_at"),
            action: action,
            asker: Asker(
                kind,
                id: try row.get("asker_id"),
                name: try row.get("asker_name"),
                address: try row.get("address", as: String?.self).flatMap { IPAddress(parsing: $0) },
                requestID: try row.get("request_id")
            ),
            subjectID: try row.get("subject_id"),
            before: .printed(try row.get("before")),
            after: .printed(try row.get("after"))
        )
    }
}
