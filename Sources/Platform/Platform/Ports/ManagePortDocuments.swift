import Database
package import Primitives

/// Adds, shows and removes the documents of a request to port numbers.
package struct ManagePortDocuments: Sendable {
    /// The most bytes of a document: 5 MiB.
    package static let largest = 5 << 20
    /// The most documents of a request.
    static let most = 10

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Adds one to a request that is not decided yet.
    ///
    /// - Parameters:
    ///   - name: its file's name, 1 to 100 characters.
    ///   - content: PDF, PNG or JPEG, at most 5 MiB.
    ///   - idempotency: makes a repetition answer as the first did.
    /// - Throws: `PlatformError` `port_requests.not_found`, `.wrong_status`, `.document_type`, `.document_not_found` for a
    ///   repetition of what was removed, or `.too_many_documents`, `request.too_large`,
    ///   `workspace.suspended`, or naming the field; `DatabaseError`.
    package func add(
        _ content: [UInt8],
        kind: PortDocument.Kind,
        name: String,
        to requestID: Identifier,
        workspaceID: Identifier,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> (document: PortDocument, isReplay: Bool) {
        if let fault = PlatformError(WorkspaceDraft.faults(name: name, field: "name")) { throw fault }
        guard content.count <= Self.largest else {
            throw PlatformError(.requestTooLarge, "A document has at most \(Self.largest) bytes.")
        }
        guard let contentType = PortDocument.contentType(of: content) else {
            throw PlatformError(.portDocumentType, "A document is a PDF, PNG or JPEG file.")
        }
        let document = PortDocument(
            id: context.ids.next(),
            requestID: requestID,
            kind: kind,
            name: name,
            contentType: contentType,
            size: content.count,
            createdAt: context.clock.now()
        )
        let sealed = try context.secrets.seal(content, context: Self.sealing(document.id))
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: document.id, at: document.createdAt, in: tx) {
                guard let known = try PortDocumentTable.find(earlier.id, of: requestID, in: tx) else {
                    throw Self.unknown
                }
                return (known, true)
            }
            try requireOpen(requestID, workspaceID, in: tx)
            guard try PortDocumentTable.all(of: requestID, in: tx).count < Self.most else {
                throw PlatformError(
                    .tooManyPortDocuments,
                    "A port request has at most \(Self.most) documents. Remove one first."
                )
            }
            try PortDocumentTable.insert(document, sealedContent: sealed, in: tx)
            try note(.portDocumentAdded, nil, document, workspaceID, in: tx)
            return (document, false)
        }
    }

    /// One with its contents.
    ///
    /// - Throws: `PlatformError` `port_requests.not_found` or `.document_not_found`; `DatabaseError`; CryptoKit's error when
    ///   the master key is not the one it was stored with.
    package func read(
        _ id: Identifier,
        of requestID: Identifier,
        workspaceID: Identifier?
    ) async throws -> (document: PortDocument, content: [UInt8]) {
        try await context.database.read { tx in
            if let workspaceID, try PortRequestTable.find(requestID, of: workspaceID, in: tx) == nil {
                throw ReadPortRequests.unknown
            }
            guard let document = try PortDocumentTable.find(id, of: requestID, in: tx),
                let sealed = try PortDocumentTable.sealedContent(of: id, in: tx)
            else { throw Self.unknown }
            return (document, try context.secrets.openBytes(sealed, context: Self.sealing(id)))
        }
    }

    /// The operator's view: all of a request, oldest first.
    ///
    /// - Throws: `DatabaseError`.
    package func all(of requestID: Identifier) async throws -> [PortDocument] {
        try await context.database.read { try PortDocumentTable.all(of: requestID, in: $0) }
    }

    /// Removes one from a request that is not decided yet.
    ///
    /// - Throws: `PlatformError` `port_requests.not_found`, `.document_not_found` or `.wrong_status`, or
    ///   `workspace.suspended`; `DatabaseError`.
    package func remove(_ id: Identifier, of requestID: Identifier, workspaceID: Identifier) async throws {
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            try requireOpen(requestID, workspaceID, in: tx)
            guard let document = try PortDocumentTable.find(id, of: requestID, in: tx) else { throw Self.unknown }
            try PortDocumentTable.remove(id, in: tx)
            try note(.portDocumentRemoved, document, nil, workspaceID, in: tx)
        }
    }

    private static let unknown = PlatformError(
        .portDocumentNotFound,
        "This port request has no such document. GET /v1/port-requests/{id} lists them."
    )

    private static func sealing(_ id: Identifier) -> String { "port-document:\(id)" }

    private func requireOpen(_ id: Identifier, _ workspaceID: Identifier, in tx: SQLTransaction) throws {
        guard let request = try PortRequestTable.find(id, of: workspaceID, in: tx) else {
            throw ReadPortRequests.unknown
        }
        guard [.draft, .submitted, .rejected].contains(request.status) else {
            throw PlatformError(
                .portWrongStatus,
                "This port request is \(request.status.rawValue): its documents stay as they are."
            )
        }
    }

    private func note(
        _ action: AuditAction,
        _ before: PortDocument?,
        _ after: PortDocument?,
        _ workspaceID: Identifier,
        in tx: SQLTransaction
    ) throws {
        func view(_ document: PortDocument?) -> JSONValue {
            document.map {
                ["id": .string($0.id.uuidString), "kind": .string($0.kind.rawValue), "name": .string($0.name)]
            }
                ?? .null
        }
        guard let requestID = (after ?? before)?.requestID else { return }
        try RecordAudit(context)(
            action,
            of: requestID,
            before: view(before),
            after: view(after),
            workspaceID: workspaceID,
            in: tx
        )
    }
}
