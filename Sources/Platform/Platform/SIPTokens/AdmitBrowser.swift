import Database
import Primitives

/// Decides whether a browser may come in, by the token that it shows and the site that its page is of.
package struct AdmitBrowser: Sendable {
    private let context: PlatformContext
    private let keys: SIPTokenKeys

    /// Makes the use case.
    package init(_ context: PlatformContext, keys: SIPTokenKeys) {
        self.context = context
        self.keys = keys
    }

    /// Reads the token.
    ///
    /// - Parameters:
    ///   - text: what the browser shows; nil when it shows nothing.
    ///   - origin: its `Origin` header; every browser sends one, and nobody else must.
    /// - Throws: `SIPTokenRefusal`; `DatabaseError`.
    package func callAsFunction(token text: String?, origin: String?) async throws -> SIPToken {
        guard let text, !text.isEmpty else { throw SIPTokenRefusal.missing }
        let token = try await keys.read(text, at: context.serverClock.now())
        try await context.database.read { tx in
            guard let status = try WorkspaceTable.status(of: token.workspaceID, in: tx) else {
                throw SIPTokenRefusal.workspaceGone
            }
            guard status == .active else { throw SIPTokenRefusal.workspaceSuspended }
            guard try BrowserOriginTable.allows(origin, of: token.workspaceID, in: tx) else {
                throw SIPTokenRefusal.otherOrigin
            }
        }
        return token
    }
}
