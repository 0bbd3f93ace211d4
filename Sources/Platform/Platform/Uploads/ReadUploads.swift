import Database
package import Primitives

/// Shows uploaded audio files.
package struct ReadUploads: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    static let unknown = PlatformError(.uploadNotFound, "There is no such file. GET /v1/uploads/audio lists yours.")

    /// A page, newest first, and whether there are older ones.
    ///
    /// - Throws: `DatabaseError`.
    package func page(
        workspaceID: Identifier,
        before cursor: Identifier?,
        limit: Int
    ) async throws -> (uploads: [Upload], hasMore: Bool) {
        let found = try await context.database.read {
            try UploadTable.page(of: workspaceID, before: cursor, limit: limit + 1, in: $0)
        }
        return (Array(found.prefix(limit)), found.count > limit)
    }

    /// One of a workspace's.
    ///
    /// - Throws: `PlatformError` `uploads.not_found`; `DatabaseError`.
    package func one(_ id: Identifier, workspaceID: Identifier) async throws -> Upload {
        try await context.database.read { tx in
            guard let upload = try UploadTable.find(id, of: workspaceID, in: tx) else { throw Self.unknown }
            return upload
        }
    }

    /// The one that a link names.
    ///
    /// - Throws: `PlatformError` `uploads.not_found`; `DatabaseError`.
    package func byID(_ id: Identifier) async throws -> Upload {
        try await context.database.read { tx in
            guard let upload = try UploadTable.find(id, in: tx) else { throw Self.unknown }
            return upload
        }
    }
}
