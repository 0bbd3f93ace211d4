import Database
import Logging
package import Primitives

/// Takes webhooks that are due.
package struct LeaseDeliveries: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Up to `limit` deliveries, longest due first. Those of suspended workspaces are closed instead (seed: `skipped_suspended`).
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(limit: Int) async throws -> [Delivery] {
        let now = context.clock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            let leaseEnd = now + context.settings.deliveryLease
            return try DeliveryTable.lease(dueBefore: now, leaseEnd: leaseEnd, limit: limit, in: tx).compactMap { row in
                let id: Identifier = try row.get("id")
                guard let contents = try DeliveryTable.contents(of: id, in: tx), let target = try WebhookTarget(row)
                else {
                    return nil
                }
                if let state = try Self.refusal(contents) {
                    try DeliveryTable.setState(state, dueAt: now, of: id, in: tx)
                    return nil
                }
                let clockOffset = Duration.milliseconds(try contents.get("clock_offset_ms", as: Int64.self))
                let secrets = try secrets(of: target, contents, at: now + clockOffset)
                if secrets.isEmpty {
                    try DeliveryTable.postpone(id, attempt: row.get("attempts"), to: leaseEnd, in: tx)
                    return nil
                }
                return Delivery(
                    id: id,
                    eventID: try row.get("event_id"),
                    kind: try contents.get("kind"),
                    url: try row.get("url"),
                    body: try contents.get("body"),
                    target: target,
                    secrets: secrets,
                    attempt: try row.get("attempts"),
                    clockOffset: clockOffset
                )
            }
            .sorted { $0.id < $1.id }
        }
    }

    /// When the next delivery is due; nil when none is pending.
    ///
    /// - Throws: `DatabaseError`.
    package func nextDue() async throws -> Timestamp? {
        try await context.database.read { try DeliveryTable.nextDue(in: $0) }
    }

    /// Why it is not sent at all.
    private static func refusal(_ contents: Row) throws -> DeliveryState? {
        guard try contents.get("workspace_status") == WorkspaceStatus.active.rawValue else { return .skippedSuspended }
        let isGone = try contents.get("disabled_at", as: Timestamp?.self) ?? contents.get("deleted_at") != nil
        return isGone ? .skippedDisabled : nil
    }

    /// None when a secret cannot be read, as under another master key: its webhooks wait as long as a lease, and those of
    /// others go out.
    private func secrets(of target: WebhookTarget, _ contents: Row, at now: Timestamp) throws -> [String] {
        var sealed: [(bytes: [UInt8], context: String)] = []
        switch target {
        case .number(let id):
            if let bytes = try contents.get("signing_secret", as: [UInt8]?.self) { sealed = [(bytes, "number:\(id)")] }
        case .subscription(let id):
            let name = SubscriptionTable.secretContext(id)
            if let bytes = try contents.get("sealed_secret", as: [UInt8]?.self) { sealed = [(bytes, name)] }
            if let bytes = try contents.get("sealed_previous_secret", as: [UInt8]?.self),
                let until = try contents.get("previous_until", as: Timestamp?.self), until > now
            {
                sealed.append((bytes, name))
            }
        }
        do {
            return try sealed.map { try context.secrets.open($0.bytes, context: $0.context) }
        } catch {
            context.logger.error("a signing secret cannot be read", metadata: ["of": "\(target)"])
            return []
        }
    }
}
