import Database
package import Primitives

/// Replaces a key: the new one may do the same, and the old one works on for a while, so that nothing stops.
package struct RotateKey: Sendable {
    /// The longest that an old key may work on.
    package static let longestOverlap: Duration = .seconds(30 * 86_400)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes the new key and sets the end of the old one, unless that ends earlier already.
    ///
    /// - Parameters:
    ///   - overlap: zero to 30 days.
    ///   - limit: what whoever asks may do: nobody makes a key that may do more.
    ///   - idempotency: makes a repetition answer as the first did, secret and all.
    /// - Throws: `PlatformError` `api_key.not_found`, `.not_active` or `.scope_denied`,
    ///   `workspace.suspended`, or naming the field; `DatabaseError`.
    package func callAsFunction(
        _ id: Identifier,
        workspaceID: Identifier,
        overlap: Duration,
        createdBy: Identifier?,
        limit: Set<Scope>,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> CreateKey.Created {
        guard (.zero...Self.longestOverlap).contains(overlap) else {
            throw PlatformError(.requestInvalid, "The overlap is 0 to 2592000 seconds.", field: "overlap_seconds")
        }
        let now = context.clock.now()
        let newID = context.ids.next()
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: newID, at: now, in: tx), let secret = earlier.note {
                let key = try ManageKeys.require(earlier.id, of: workspaceID, in: tx)
                return CreateKey.Created(key: key, secret: secret, isReplay: true)
            }
            try ManageKeys.requireUnlimited(context.asker, in: tx)
            let old = try ManageKeys.require(id, of: workspaceID, in: tx)
            guard old.revokedAt == nil, old.expiresAt.map({ $0 > now }) ?? true else {
                throw PlatformError(.keyNotActive, "This key works no more. Create a new one.")
            }
            guard old.scopes.isSubset(of: limit) else {
                throw PlatformError(.scopeDenied, "This key may do more than you: you cannot rotate it.")
            }
            var wish = KeyWish(
                name: old.name,
                scopes: old.scopes,
                expiresAt: old.expiresAt,
                allowedNetworks: old.allowedNetworks,
                createdBy: createdBy
            )
            wish.isTest = old.isTest
            wish.limits = old.limits
            let secret = Secret.make(prefix: CreateKey.prefix(old.isTest), context.ids)
            try KeyTable.insert(wish, id: newID, workspaceID: old.workspaceID, secret: secret, at: now, in: tx)
            try KeyTable.setExpiry(min(old.expiresAt ?? now + overlap, now + overlap), of: id, in: tx)
            try once.keep(secret.text, in: tx)
            let key = try ManageKeys.require(newID, of: workspaceID, in: tx)
            try RecordAudit(context)(
                .keyRotated,
                of: id,
                before: old.auditView,
                after: key.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            tx.notify(Channel.access)
            return CreateKey.Created(key: key, secret: secret.text, isReplay: false)
        }
    }
}
