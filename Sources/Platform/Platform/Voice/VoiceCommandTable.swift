import Database
import Foundation
import Ledger
import Primitives

/// All SQL of what voice nodes must do. A row is taken by deleting it: a call is dialled once or, if its node dies, not again.
enum VoiceCommandTable {
    static let migration = Migration(number: 240, name: "voice commands") { dialect in
        [
            """
            CREATE TABLE voice_commands (
                id \(dialect.bytes) PRIMARY KEY, kind TEXT NOT NULL, call_id \(dialect.bytes) NOT NULL REFERENCES calls (id),
                node_id \(dialect.bytes), created_at BIGINT NOT NULL)\(dialect.clustered)
            """,
            "CREATE INDEX voice_commands_by_call ON voice_commands (call_id)",
        ]
    }

    static let actionMigration = Migration(number: 604, name: "actions of voice commands") { _ in
        ["ALTER TABLE voice_commands ADD COLUMN actions TEXT NOT NULL DEFAULT '[]'"]
    }

    static let commandMigration = Migration(number: 651, name: "commands to live calls") { _ in
        ["ALTER TABLE voice_commands ADD COLUMN command TEXT"]
    }

    /// What was taken.
    struct Taken {
        let kind: VoiceCommand.Kind
        let callID: Identifier
        var actions: [VoiceAction] = []
        var command: CallCommand?
    }

    static func insert(
        _ kind: VoiceCommand.Kind,
        callID: Identifier,
        nodeID: Identifier?,
        id: Identifier,
        actions: [VoiceAction] = [],
        command: CallCommand? = nil,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO voice_commands (id, kind, call_id, node_id, created_at, actions, command)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                id, kind.rawValue, callID, nodeID, now, JSONValue.array(actions.map(\.json)).text, command?.json.text,
            ]
        )
        tx.notify(Channel.voice)
    }

    /// Takes commands that are for anybody or for this node, oldest first.
    static func take(
        for nodeID: Identifier,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Taken] {
        try tx.rows(
            """
            DELETE FROM voice_commands WHERE id IN (
                SELECT id FROM voice_commands WHERE node_id IS NULL OR node_id = $1 ORDER BY id LIMIT $2\(tx.dialect.skipLocked))
            RETURNING id, kind, call_id, actions, command
            """,
            [nodeID, limit]
        )
        .map { row in (try row.get("id", as: Identifier.self), try taken(row)) }
        .sorted { $0.0 < $1.0 }
        .compactMap(\.1)
    }

    /// A command; nil for one of a kind that this version does not know.
    private static func taken(_ row: Row) throws -> Taken? {
        guard let kind = VoiceCommand.Kind(rawValue: try row.get("kind")) else { return nil }
        let command = try row.get("command", as: String?.self)
        return Taken(
            kind: kind,
            callID: try row.get("call_id"),
            actions: try CallTable.actions(row.get("actions", as: String.self)),
            command: try command.flatMap { CallCommand(json: try JSONValue(parsing: Data($0.utf8))) }
        )
    }

    static func removeAll(of callID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM voice_commands WHERE call_id = $1", [callID])
        try DialQueueTable.remove(callID, in: tx)
    }
}
