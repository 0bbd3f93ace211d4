import Database
import Ledger
import Primitives

/// All SQL of the documents of port requests. Contents are sealed: they are people's papers.
enum PortDocumentTable {
    static let migration = Migration(number: 213, name: "port documents") { dialect in
        [
            """
            CREATE TABLE port_documents (
                id \(dialect.bytes) PRIMARY KEY, request_id \(dialect.bytes) NOT NULL REFERENCES port_requests (id),
                kind TEXT NOT NULL, name TEXT NOT NULL, content_type TEXT NOT NULL, size BIGINT NOT NULL,
                sealed_content \(dialect.bytes) NOT NULL, created_at BIGINT NOT NULL)
            """,
            "CREATE INDEX port_documents_by_request ON port_documents (request_id, id)",
        ]
    }

    private static let columns = "id, request_id, kind, name, content_type, size, created_at"

    static func insert(_ document: PortDocument, sealedContent: [UInt8], in tx: SQLTransaction) throws {
        try tx.execute(
            "INSERT INTO port_documents (\(columns), sealed_content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            [
                document.id, document.requestID, document.kind.rawValue, document.name, document.contentType,
                document.size, document.createdAt, sealedContent,
            ]
        )
    }

    /// Oldest first; a request has few.
    static func all(of requestID: Identifier, in tx: SQLTransaction) throws -> [PortDocument] {
        try tx.rows("SELECT \(columns) FROM port_documents WHERE request_id = $1 ORDER BY id", [requestID])
            .map(document)
    }

    static func find(_ id: Identifier, of requestID: Identifier, in tx: SQLTransaction) throws -> PortDocument? {
        try tx.first("SELECT \(columns) FROM port_documents WHERE id = $1 AND request_id = $2", [id, requestID])
            .map(document)
    }

    static func sealedContent(of id: Identifier, in tx: SQLTransaction) throws -> [UInt8]? {
        try tx.first("SELECT sealed_content FROM port_documents WHERE id = $1", [id])?.get("sealed_content")
    }

    static func remove(_ id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM port_documents WHERE id = $1", [id])
    }

    private static func document(_ row: Row) throws -> PortDocument {
        guard let kind = PortDocument.Kind(rawValue: try row.get("kind")) else {
            throw DatabaseError.decoding("port_documents: kind")
        }
        return PortDocument(
            id: try row.get("id"),
            requestID: try row.get("request_id"),
            kind: kind,
            name: try row.get("name"),
            contentType: try row.get("content_type"),
            size: try row.get("size"),
            createdAt: try row.get("created_at")
        )
    }
}
