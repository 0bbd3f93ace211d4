import Database
package import Primitives

/// Says that a voice node lives: its calls are settled up to its last word when it stops saying so.
package struct RecordHeartbeat: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Stores the present moment for the node.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(nodeID: Identifier) async throws {
        let now = context.clock.now()
        try await context.database.write(isolation: .readCommitted) { try NodeTable.touch(nodeID, at: now, in: $0) }
    }
}
