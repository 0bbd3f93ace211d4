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
            var secrets: [Identifier: String] = [:]
            return try DeliveryTable.lease(dueBefore: now, leaseEnd: leaseEnd, limit: limit, in: tx).compactMap { row in
                let id: Identifier = try row.get("id")
                guard let contents = try DeliveryTable.contents(of: id, in: tx) else { return nil }
                guard try contents.get("workspace_status") == WorkspaceStatus.active.rawValue else {
                    try DeliveryTable.setState(.skippedSuspended, dueAt: now, of: id, in: tx)
                    return nil
                }
                let numberID: Identifier = try row.get("number_id")
                guard let secret = try secrets[numberID] ?? secret(of: numberID, contents) else {
                    try DeliveryTable.postpone(id, attempt: row.get("attempts"), to: leaseEnd, in: tx)
                    return nil
                }
                secrets[numberID] = secret
                return Delivery(
                    id: id,
                    eventID: try row.get("event_id"),
                    kind: try contents.get("kind"),
                    url: try row.get("url"),
                    body: try contents.get("body"),
                    secret: secret,
                    attempt: try row.get("attempts")
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

    /// Nil for a secret that cannot be read, as under another master key: its webhooks wait as long as a lease,
    /// and those of other numbers go out.
    private func secret(of numberID: Identifier, _ contents: Row) throws -> String? {
        guard let sealed = try contents.get("signing_secret", as: [UInt8]?.self) else { return nil }
        do {
            return try context.secrets.open(sealed, context: "number:\(numberID)")
        } catch {
            context.logger.error("a signing secret cannot be read", metadata: ["number_id": "\(numberID)"])
            return nil
        }
    }
}
