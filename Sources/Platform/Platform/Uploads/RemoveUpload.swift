import Database
package import Primitives

/// Takes an audio file away; its bytes are deleted within moments.
package struct RemoveUpload: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Takes it away.
    ///
    /// - Throws: `PlatformError` `uploads.not_found` or `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(_ id: Identifier, workspaceID: Identifier) async throws {
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            guard let upload = try UploadTable.find(id, of: workspaceID, in: tx),
                try UploadTable.remove(id, purgeAt: context.serverClock.now(), in: tx)
            else { throw ReadUploads.unknown }
            try RecordAudit(context)(
                .uploadRemoved,
                of: id,
                before: upload.auditView,
                workspaceID: workspaceID,
                in: tx
            )
        }
    }
}
