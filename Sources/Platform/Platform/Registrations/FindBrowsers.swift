import Database
package import Primitives

/// Finds browsers that are connected to other nodes. Those of a node itself are in its memory.
package struct FindBrowsers: Sendable {
    private let context: PlatformContext
    private let nodeID: Identifier
    private let limit: Int

    /// Makes the use case.
    ///
    /// - Parameters:
    ///   - nodeID: the node that asks.
    ///   - limit: the most that are found.
    package init(_ context: PlatformContext, elsewhereThan nodeID: Identifier, limit: Int) {
        self.context = context
        self.nodeID = nodeID
        self.limit = limit
    }

    /// All that a number of the workspace rings.
    ///
    /// - Throws: `DatabaseError`.
    package func ringing(_ e164: String, of workspaceID: Identifier) async throws -> [Registration] {
        let now = context.serverClock.now()
        return try await context.database.read {
            try BrowserTable.ringing(e164, of: workspaceID, notAt: nodeID, now, limit: limit, in: $0)
        }
    }

    /// Those of somebody in the workspace.
    ///
    /// - Throws: `DatabaseError`.
    package func named(_ identity: String, of workspaceID: Identifier) async throws -> [Registration] {
        let now = context.serverClock.now()
        return try await context.database.read {
            try BrowserTable.named(identity, of: workspaceID, notAt: nodeID, now, limit: limit, in: $0)
        }
    }
}
