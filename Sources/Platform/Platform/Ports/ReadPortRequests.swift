import Database
package import Primitives

/// Shows requests to port numbers.
package struct ReadPortRequests: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    static let unknown = PlatformError(
        .portRequestNotFound,
        "There is no such port request. GET /v1/port-requests lists yours."
    )

    /// A page, newest first, and whether there are older ones.
    ///
    /// - Throws: `DatabaseError`.
    package func page(
        workspaceID: Identifier,
        before cursor: Identifier?,
        limit: Int
    ) async throws -> (requests: [PortRequest], hasMore: Bool) {
        let found = try await context.database.read {
            try PortRequestTable.page(of: workspaceID, before: cursor, limit: limit + 1, in: $0)
        }
        return (Array(found.prefix(limit)), found.count > limit)
    }

    /// One of them with its documents.
    ///
    /// - Throws: `PlatformError` `port_requests.not_found`; `DatabaseError`.
    package func one(
        _ id: Identifier,
        workspaceID: Identifier
    ) async throws -> (request: PortRequest, documents: [PortDocument]) {
        try await context.database.read { tx in
            guard let request = try PortRequestTable.find(id, of: workspaceID, in: tx) else { throw Self.unknown }
            return (request, try PortDocumentTable.all(of: id, in: tx))
        }
    }

    /// The operator's view: those of a status, oldest first, at most 1,000.
    ///
    /// - Throws: `DatabaseError`.
    package func all(_ status: PortStatus) async throws -> [PortRequest] {
        try await context.database.read { try PortRequestTable.all(status, in: $0) }
    }
}
