import Crypto
import Database
import Foundation
package import Primitives

/// Turns the token of a link into a session; the first time, into an account too.
package struct RedeemSignIn: Sendable {
    /// A session that was made.
    package struct SignedIn: Sendable {
        /// The cookie's value, shown this once.
        package let secret: String
        /// Until when it holds.
        package let expiresAt: Timestamp
        /// Who it is.
        package let user: User
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Signs in. A link works once; a session that the browser had before ends.
    ///
    /// - Parameter earlier: the cookie that came with the request.
    /// - Throws: `PlatformError` `auth.token_invalid`, `.token_used` or `.token_expired`; `DatabaseError`.
    package func callAsFunction(token: String, client: SignInClient, earlier: String? = nil) async throws -> SignedIn {
        guard (16...256).contains(token.utf8.count) else { throw Self.invalid }
        let now = context.clock.now()
        let secret = Secret.make(prefix: "", context.ids)
        let (sessionID, userID) = (context.ids.next(), context.ids.next())
        let expiresAt = now + context.settings.sessionLifetime
        return try await context.database.write { tx in
            let email = try use(token, at: now, in: tx)
            let user = try UserTable.findOrInsert(email, id: userID, at: now, in: tx)
            if let earlier { try SessionTable.revoke(hash: Secret(text: earlier).hash, at: now, in: tx) }
            try SessionTable.insert(
                id: sessionID,
                secret: secret,
                userID: user.id,
                workspaceID: try workspace(of: user, in: tx),
                client: client,
                at: now,
                expiresAt: expiresAt,
                in: tx
            )
            tx.notify(Channel.access)
            return SignedIn(secret: secret.text, expiresAt: expiresAt, user: user)
        }
    }

    private static let invalid = PlatformError(.signInTokenInvalid, "This link is not one of ours. Ask for a new one.")

    private func use(_ token: String, at now: Timestamp, in tx: SQLTransaction) throws -> EmailAddress {
        guard let link = try SignInLinkTable.find(hash: Secret(text: token).hash, in: tx) else { throw Self.invalid }
        guard link.createdAt + context.settings.signInLinkLifetime > now else {
            throw PlatformError(.signInTokenExpired, "This link is too old. Ask for a new one.")
        }
        guard try SignInLinkTable.use(link.id, at: now, in: tx) else {
            throw PlatformError(.signInTokenUsed, "This link was used already. Ask for a new one.")
        }
        return try EmailAddress(parsing: link.email, field: "email")
    }

    /// Where they were last, if they still belong there; else where they have belonged longest.
    private func workspace(of user: User, in tx: SQLTransaction) throws -> Identifier? {
        if let last = try SessionTable.lastWorkspace(of: user.id, in: tx),
            try MembershipTable.role(of: user.id, in: last, tx) != nil
        {
            return last
        }
        return try MembershipTable.all(of: user.id, in: tx).first?.workspace.id
    }
}
