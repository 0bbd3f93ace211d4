import Database
package import Primitives

/// Shows the owner of a number which devices are registered for it.
package struct ListRegistrations: Sendable {
    /// As many as all credentials of a number can have.
    private static let most = 200

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// What has not expired, by credential.
    ///
    /// - Throws: `PlatformError` `numbers.not_found`; `DatabaseError`.
    package func callAsFunction(number reference: String, workspaceID: Identifier) async throws -> [RegisteredDevice] {
        let now = context.serverClock.now()
        return try await context.database.read { tx in
            let number = try NumberReference.require(reference, of: workspaceID, in: tx)
            return try RegistrationTable.devices(of: number.id, at: now, limit: Self.most, in: tx)
        }
    }
}
