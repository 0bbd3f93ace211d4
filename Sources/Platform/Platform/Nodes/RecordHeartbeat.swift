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
    /// - Parameter place: where other nodes reach it; nil when they do not. What it says first holds.
    /// - Throws: `DatabaseError`.
    package func callAsFunction(nodeID: Identifier, at place: NodePlace? = nil) async throws {
        let now = context.clock.now()
        try await context.database.write(isolation: .readCommitted) { tx in
            try NodeTable.touch(nodeID, place, at: now, in: tx)
        }
    }
}
