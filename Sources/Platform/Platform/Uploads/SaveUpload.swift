import Database
package import Primitives

/// Takes an audio file: it is decoded once, stored, and then there for good under its id.
///
/// The row comes first and says that it goes again unless the file is there soon, so a crash leaves no file that nobody
/// knows of.
package struct SaveUpload: Sendable {
    /// How long a file may take to be written before it is given up.
    private static let patience: Duration = .seconds(600)

    private let context: PlatformContext
    private let vault: ObjectVault
    private let inspector: any AudioInspector

    /// Makes the use case.
    package init(_ context: PlatformContext, vault: ObjectVault, inspector: any AudioInspector) {
        self.context = context
        self.vault = vault
        self.inspector = inspector
    }

    /// Stores a file.
    ///
    /// - Parameters:
    ///   - bytes: WAV or MP3, at most 20 MB and 10 minutes.
    ///   - name: what the file is called, 1 to 100 characters.
    ///   - idempotency: makes a repetition answer as the first did.
    /// - Throws: `PlatformError` `uploads.not_audio`, `uploads.too_many`, `uploads.not_found` for a repetition of what was
    ///   deleted, `request.too_large`, `workspace.suspended`, or naming the field; `DatabaseError`; `ObjectFailure`.
    package func callAsFunction(
        _ bytes: [UInt8],
        name: String,
        workspaceID: Identifier,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> (upload: Upload, isReplay: Bool) {
        if let fault = PlatformError(WorkspaceDraft.faults(name: name, field: "file")) { throw fault }
        guard bytes.count <= Upload.largest else {
            throw PlatformError(.requestTooLarge, "A file has at most \(Upload.largest) bytes.")
        }
        _ = try await context.database.read { try WorkspaceTable.requireActive(workspaceID, in: $0) }
        let facts = try await inspector.inspect(bytes)
        let id = context.ids.next()
        let upload = Upload(
            id: id,
            workspaceID: workspaceID,
            name: name,
            mimeType: facts.mimeType,
            file: vault.name(for: "uploads/\(workspaceID)/\(id).\(facts.fileEnding)"),
            sizeBytes: Int64(bytes.count),
            duration: facts.duration,
            createdAt: context.clock.now()
        )
        let purgeAt = context.serverClock.now() + Self.patience
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            try UploadTable.use(of: workspaceID, context.settings, in: tx).requireRoom(for: upload.sizeBytes)
            try UploadTable.insert(upload, purgeAt: purgeAt, in: tx)
        }
        try await vault.put(ObjectBytes(bytes), as: upload.file)
        return try await keep(upload, purgeAt, idempotency)
    }

    /// A repetition leaves its own row to be given up.
    private func keep(
        _ upload: Upload,
        _ purgeAt: Timestamp,
        _ idempotency: IdempotencyRequest?
    ) async throws -> (upload: Upload, isReplay: Bool) {
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(upload.workspaceID, in: tx)
            let once = Once(context: context, scopeID: upload.workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: upload.id, at: upload.createdAt, in: tx) {
                guard let known = try UploadTable.find(earlier.id, of: upload.workspaceID, in: tx) else {
                    throw ReadUploads.unknown
                }
                return (known, true)
            }
            guard try UploadTable.keep(upload.id, purgeAt: purgeAt, in: tx) else {
                throw PlatformError(.serviceUnavailable, "The file took too long to be stored. Try again.")
            }
            try RecordAudit(context)(
                .uploadAdded,
                of: upload.id,
                after: upload.auditView,
                workspaceID: upload.workspaceID,
                in: tx
            )
            return (upload, false)
        }
    }
}

extension Upload {
    /// What the audit log shows.
    var auditView: JSONValue {
        ["id": .string(id.uuidString), "name": .string(name), "size_bytes": .integer(sizeBytes)]
    }
}
