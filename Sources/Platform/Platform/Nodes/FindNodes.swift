import Database
package import Primitives

/// Finds the voice nodes that live.
package struct FindNodes: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Where each takes SIP messages of other nodes, by TCP; without those that take none.
    ///
    /// - Throws: `DatabaseError`.
    package func places() async throws -> [Identifier: NodePlace] {
        let lastHeard = context.clock.now() - context.settings.nodeTimeout
        return try await context.database.read { try NodeTable.places(heardSince: lastHeard, in: $0) }
    }
}
