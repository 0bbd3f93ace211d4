import Database
import Ledger
package import Primitives

/// Ends all live calls of a workspace, when its operator has decided so.
package struct HangUpCalls: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Asks for each live call to end, and returns how many there were.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier) async throws -> Int {
        let live = try await context.database.read { try CallTable.live(of: workspaceID, in: $0) }
        for id in live {
            _ = try await RequestHangup(context)(workspaceID: workspaceID, reference: id.uuidString)
        }
        return live.count
    }
}
