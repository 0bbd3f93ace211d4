import Database
package import Primitives

/// Subscribes a URL to events.
package struct CreateSubscription: Sendable {
    /// A subscription that was made.
    package struct Created: Sendable {
        /// The subscription.
        package let subscription: Subscription
        /// Signs what is sent there; shown this once.
        package let secret: String
        /// Whether an equal request with this `Idempotency-Key` had made it before.
        package let isReplay: Bool
    }

    /// Subscriptions that a workspace may have: each is looked at with every event.
    static let most = 20

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Subscribes.
    ///
    /// - Parameters:
    ///   - events: `*`, areas such as `call.*`, or kinds.
    ///   - idempotency: makes a repetition answer as the first did, secret and all.
    /// - Throws: `PlatformError` naming the field, `webhooks.event_unsupported`, `webhooks.too_many` or
    ///   `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        url: String,
        events: [String],
        idempotency: IdempotencyRequest? = nil
    ) async throws -> Created {
        if let fault = PlatformError(WebURL.faults(url, field: "url")) { throw fault }
        let subscription = Subscription(
            id: context.ids.next(),
            workspaceID: workspaceID,
            url: url,
            patterns: try Self.patterns(events),
            createdAt: context.clock.now(),
            failingSince: nil,
            disabledAt: nil
        )
        let secret = Self.secret(context)
        let sealed = try context.secrets.seal(secret, context: SubscriptionTable.secretContext(subscription.id))
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: subscription.id, at: subscription.createdAt, in: tx),
                let secret = earlier.note
            {
                let known = try ManageSubscriptions.require(earlier.id, of: workspaceID, in: tx)
                return Created(subscription: known, secret: secret, isReplay: true)
            }
            guard try SubscriptionTable.all(of: workspaceID, in: tx).count < Self.most else {
                throw PlatformError(
                    .tooManyWebhooks,
                    "A workspace has at most \(Self.most) webhooks. Delete one first."
                )
            }
            try SubscriptionTable.insert(subscription, sealedSecret: sealed, in: tx)
            try once.keep(secret, in: tx)
            try RecordAudit(context)(
                .webhookCreated,
                of: subscription.id,
                after: subscription.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            return Created(subscription: subscription, secret: secret, isReplay: false)
        }
    }

    /// 24 random bytes; the hex digits are base64 too, as the Standard Webhooks libraries want it.
    static func secret(_ context: PlatformContext) -> String {
        "whsec_" + context.ids.secret(byteCount: 24).hexString
    }

    static func patterns(_ events: [String]) throws(PlatformError) -> [EventPattern] {
        guard (1...50).contains(events.count) else {
            throw PlatformError(
                .requestInvalid,
                "'events' has 1 to 50 entries; [\"*\"] is all of them.",
                field: "events"
            )
        }
        var patterns: [EventPattern] = []
        for (index, text) in events.enumerated() {
            guard let pattern = EventPattern(text) else {
                let known = EventPattern.kinds.joined(separator: ", ")
                throw PlatformError(
                    .eventUnsupported,
                    "'\(text.prefix(64))' is no event. There are *, call.*, message.*, number.*, wallet.*, storage.*, \(known).",
                    field: "events[\(index)]"
                )
            }
            if !patterns.contains(pattern) { patterns.append(pattern) }
        }
        return patterns
    }
}
