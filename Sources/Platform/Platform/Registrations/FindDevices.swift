import Database
package import Primitives

/// Finds where devices can be reached.
package struct FindDevices: Sendable {
    /// Contacts that ring at once.
    private static let most = 20

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The contacts of a number's devices, the preferred ones first; at most 20.
    ///
    /// - Throws: `DatabaseError`.
    package func of(numberID: Identifier) async throws -> [Registration] {
        let now = context.serverClock.now()
        return try await context.database.read {
            try RegistrationTable.live(of: numberID, at: now, limit: Self.most, in: $0)
        }
    }

    /// The contacts of one credential of a workspace.
    ///
    /// - Throws: `DatabaseError`.
    package func named(_ username: String, workspaceID: Identifier) async throws -> [Registration] {
        let now = context.serverClock.now()
        return try await context.database.read {
            try RegistrationTable.live(ofUsername: username, in: workspaceID, at: now, limit: Self.most, in: $0)
        }
    }
}
