import Database
package import Primitives

/// Tells other nodes which browsers one of them has.
package struct KeepBrowsers: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Notes where a browser is, for as long as it is registered and its token holds.
    ///
    /// - Parameter registration: its contact, whose credential is the browser's connection.
    /// - Throws: `DatabaseError`.
    package func put(_ registration: Registration, of token: SIPToken) async throws {
        let end = min(registration.expiresAt, token.expiresAt)
        try await context.database.write(isolation: .readCommitted) { tx in
            try BrowserTable.put(registration, of: token, until: end, in: tx)
        }
    }

    /// Forgets a browser's connection.
    ///
    /// - Throws: `DatabaseError`.
    package func remove(_ connectionID: Identifier) async throws {
        try await context.database.write(isolation: .readCommitted) { try BrowserTable.remove(connectionID, in: $0) }
    }
}
