import Database
package import Primitives

/// Makes another key for a workspace.
package struct CreateKey: Sendable {
    /// A key that was made.
    package struct Created: Sendable {
        /// The key.
        package let key: APIKey
        /// The bearer secret, shown this once.
        package let secret: String
        /// Whether an equal request with this `Idempotency-Key` had made it before.
        package let isReplay: Bool
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - limit: what the maker may do themselves: nobody makes a key that may do more.
    ///   - idempotency: makes a repetition answer as the first did, secret and all.
    /// - Throws: `PlatformError` naming the field, `api_key.scope_denied`, or for an unknown or suspended workspace;
    ///   `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        _ wish: KeyWish,
        limit: Set<Scope> = Scope.all,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> Created {
        let now = context.clock.now()
        if let fault = PlatformError(wish.faults(at: now)) { throw fault }
        let excess = wish.scopes.subtracting(limit).map(\.rawValue).sorted()
        if let first = excess.first {
            throw PlatformError(
                .scopeDenied,
                "You lack the scope \(first), so a key of yours cannot have it.",
                field: "scopes"
            )
        }
        let (id, secret) = (context.ids.next(), Secret.make(prefix: Self.prefix(wish.isTest), context.ids))
        return try await context.database.write(isolation: .readCommitted) { tx in
            // In turn: of two first test keys at once, one makes the twin and the other finds it.
            let asking = try WorkspaceTable.holdActive(workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: id, at: now, in: tx), let secret = earlier.note {
                let key = try ManageKeys.require(earlier.id, of: workspaceID, in: tx)
                return Created(key: key, secret: secret, isReplay: true)
            }
            try ManageKeys.requireUnlimited(context.asker, in: tx)
            let home = try home(of: wish, asking, at: now, in: tx)
            try KeyTable.insert(wish, id: id, workspaceID: home.id, secret: secret, at: now, in: tx)
            try once.keep(secret.text, in: tx)
            let key = try ManageKeys.require(id, of: workspaceID, in: tx)
            try RecordAudit(context)(.keyCreated, of: id, after: key.auditView, workspaceID: workspaceID, in: tx)
            return Created(key: key, secret: secret.text, isReplay: false)
        }
    }

    static func prefix(_ isTest: Bool) -> String {
        isTest ? KeyTable.testPrefix : KeyTable.livePrefix
    }

    /// The workspace that the key will act in.
    private func home(
        of wish: KeyWish,
        _ asking: Workspace,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Workspace {
        if wish.isTest { return try TestWorkspace(context).findOrMake(of: asking, at: now, in: tx) }
        guard !asking.isTest else {
            throw PlatformError(.scopeDenied, "A test key makes test keys only: ask for mode test.", field: "mode")
        }
        return asking
    }
}
