import Database
package import Primitives

/// Reads all that is known of a call, for whoever wonders what happened to it.
package struct ReadTimeline: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The story of a call.
    ///
    /// - Throws: `PlatformError` `calls.not_found`, also for another workspace's call; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, reference: String) async throws -> CallStory {
        try await context.database.read { tx in
            let call = try GetCall.require(reference, of: workspaceID, in: tx)
            return CallStory(
                call: call,
                entries: try TimelineTable.entries(of: call.id, in: tx),
                legs: try CallTable.legs(of: call.id, in: tx)
            )
        }
    }
}
