import Database
package import Primitives

/// Reads one call of a workspace.
package struct GetCall: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The call and its timeline, oldest entry first.
    ///
    /// - Throws: `PlatformError` `calls.not_found`, also for another workspace's call; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        reference: String
    ) async throws -> (call: Call, timeline: [TimelineEntry]) {
        try await context.database.read { tx in
            let call = try Self.require(reference, of: workspaceID, in: tx)
            return (call, try TimelineTable.entries(of: call.id, in: tx))
        }
    }

    static func require(_ reference: String, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Call {
        let call: Call? =
            switch CallReference(reference) {
            case .id(let id): try CallTable.find(id, in: tx)
            case .session(let id): try CallTable.find(sessionID: id, in: tx)
            case nil: nil
            }
        guard let call, call.workspaceID == workspaceID else {
            throw PlatformError(.callNotFound, "There is no call \(reference.prefix(64)) in this workspace.")
        }
        return call
    }
}
