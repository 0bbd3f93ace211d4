import Database
package import Primitives

/// Shows the subscriptions of a workspace, changes and deletes them.
package struct ManageSubscriptions: Sendable {
    /// What is to change; nil keeps it.
    package struct Change: Sendable {
        /// Where events go.
        package var url: String?
        /// Which events.
        package var events: [String]?
        /// Whether anything is sent.
        package var isEnabled: Bool?

        /// Keeps all.
        package init() {}
    }

    /// The longest that an old secret may sign too.
    package static let longestOverlap: Duration = .seconds(30 * 86_400)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    static let unknown = PlatformError(.webhookNotFound, "There is no such webhook. GET /v1/webhooks lists yours.")

    /// All of them, oldest first.
    ///
    /// - Throws: `DatabaseError`.
    package func all(workspaceID: Identifier) async throws -> [Subscription] {
        try await context.database.read { try SubscriptionTable.all(of: workspaceID, in: $0) }
    }

    /// One of them.
    ///
    /// - Throws: `PlatformError` `webhooks.not_found`; `DatabaseError`.
    package func one(_ id: Identifier, workspaceID: Identifier) async throws -> Subscription {
        try await context.database.read { try Self.require(id, of: workspaceID, in: $0) }
    }

    /// Changes one; turned on again, it begins without a history of failures.
    ///
    /// - Throws: `PlatformError` `webhooks.not_found`, `webhooks.event_unsupported`, `workspace.suspended`, or naming the
    ///   field; `DatabaseError`.
    package func change(_ id: Identifier, workspaceID: Identifier, _ change: Change) async throws -> Subscription {
        if let url = change.url, let fault = PlatformError(WebURL.faults(url, field: "url")) { throw fault }
        let patterns = try change.events.map { events throws(PlatformError) in try CreateSubscription.patterns(events) }
        let now = context.clock.now()
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let old = try Self.require(id, of: workspaceID, in: tx)
            try SubscriptionTable.update(id, url: change.url ?? old.url, patterns: patterns ?? old.patterns, in: tx)
            if let isEnabled = change.isEnabled {
                let disabledAt = isEnabled ? nil : old.disabledAt ?? now
                try SubscriptionTable.setDisabled(disabledAt, of: id, in: tx)
            }
            let changed = try Self.require(id, of: workspaceID, in: tx)
            try RecordAudit(context)(
                .webhookChanged,
                of: id,
                before: old.auditView,
                after: changed.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            return changed
        }
    }

    /// Deletes one; what was not sent yet is not sent.
    ///
    /// - Throws: `PlatformError` `webhooks.not_found` or `workspace.suspended`; `DatabaseError`.
    package func delete(_ id: Identifier, workspaceID: Identifier) async throws {
        let now = context.clock.now()
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let old = try Self.require(id, of: workspaceID, in: tx)
            try SubscriptionTable.delete(id, at: now, in: tx)
            try RecordAudit(context)(
                .webhookDeleted,
                of: id,
                before: old.auditView,
                workspaceID: workspaceID,
                in: tx
            )
        }
    }

    /// Gives one a new secret, shown this once; the old one signs too for a while.
    ///
    /// - Parameter idempotency: makes a repetition answer as the first did, secret and all.
    /// - Throws: `PlatformError` `webhooks.not_found`, `workspace.suspended`, or naming the field; `DatabaseError`.
    package func rotateSecret(
        _ id: Identifier,
        workspaceID: Identifier,
        overlap: Duration,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> CreateSubscription.Created {
        guard (.zero...Self.longestOverlap).contains(overlap) else {
            throw PlatformError(.requestInvalid, "The overlap is 0 to 2592000 seconds.", field: "overlap_seconds")
        }
        let now = context.clock.now()
        let secret = CreateSubscription.secret(context)
        let sealed = try context.secrets.seal(secret, context: SubscriptionTable.secretContext(id))
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let subscription = try Self.require(id, of: workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: id, at: now, in: tx), let secret = earlier.note {
                return CreateSubscription.Created(subscription: subscription, secret: secret, isReplay: true)
            }
            try SubscriptionTable.rotate(id, sealedSecret: sealed, until: now + overlap, in: tx)
            try once.keep(secret, in: tx)
            try RecordAudit(context)(
                .webhookSecretRotated,
                of: id,
                before: subscription.auditView,
                after: subscription.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            return CreateSubscription.Created(subscription: subscription, secret: secret, isReplay: false)
        }
    }

    static func require(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Subscription {
        guard let subscription = try SubscriptionTable.find(id, of: workspaceID, in: tx) else { throw unknown }
        return subscription
    }
}
