import Database
import Primitives

/// Sends a link to sign in. Who has an account and who has none is told the same, and costs the same: the account is made
/// when the link is used.
package struct RequestSignIn: Sendable {
    private static let hour: Duration = .seconds(3600)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Stores a link and the mail that carries it.
    ///
    /// - Parameters:
    ///   - email: as it was typed.
    ///   - client: who asks.
    ///   - link: the URL that a token is put into.
    /// - Throws: `PlatformError` `request.invalid`, or `rate_limit.exceeded` when too many were asked for in an hour;
    ///   `DatabaseError`.
    package func callAsFunction(
        email: String,
        client: SignInClient,
        link: @escaping @Sendable (_ token: String) -> String
    ) async throws {
        let email = try EmailAddress(parsing: email, field: "email")
        let now = context.clock.now()
        let token = Secret.make(prefix: "", context.ids)
        let id = context.ids.next()
        try await context.database.write { tx in
            try requireRoom(email, client, at: now, in: tx)
            try SignInLinkTable.insert(id: id, token: token, email: email, address: client.address, at: now, in: tx)
            let minutes = context.settings.signInLinkLifetime.wholeMilliseconds / 60_000
            try QueueMail(context)(
                MailText.signIn(link: link(token.text), minutes: minutes),
                to: email,
                expiresAt: now + context.settings.signInLinkLifetime,
                in: tx
            )
        }
    }

    private func requireRoom(
        _ email: EmailAddress,
        _ client: SignInClient,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let counts = try SignInLinkTable.counts(
            email: email,
            address: client.address,
            since: now - Self.hour,
            in: tx
        )
        guard counts.email < context.settings.signInLinksPerEmail,
            counts.address < context.settings.signInLinksPerAddress
        else {
            throw PlatformError(
                .rateLimitExceeded,
                "Too many links were asked for. Use the newest mail, or try again in an hour.",
                retryAfter: Self.hour
            )
        }
    }
}
