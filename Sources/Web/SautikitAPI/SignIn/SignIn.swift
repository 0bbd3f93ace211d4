import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// Signing in as the API and the pages have it in common.
struct SignIn: Sendable {
    /// What came of a link.
    struct Done {
        let user: User
        let cookies: [Cookie]
        /// What came of an invitation that was opened before; nil when there was none.
        let invitation: Result<Invitation, PlatformError>?
    }

    private let context: PlatformContext
    private let sessions: AuthenticateSession
    /// Whether browsers reach this server by TLS, and so keep their cookies to it.
    let isSecure: Bool

    init(_ context: PlatformContext, sessions: AuthenticateSession, publicURL: String?) {
        self.context = context
        self.sessions = sessions
        isSecure = publicURL?.hasPrefix("https://") ?? false
    }

    /// Turns a link's token into a session, and joins the workspace of an invitation that the browser has opened before.
    func redeem(_ token: String, _ request: Request, _ api: APIContext) async throws -> Done {
        let signedIn = try await RedeemSignIn(context)(
            token: token,
            client: SignInClient(request, api),
            earlier: SessionCookie.secret(in: request)
        )
        let lifetime = context.settings.sessionLifetime
        var cookies = [SessionCookie.set(signedIn.secret, lifetime: lifetime, isSecure: isSecure)]
        var result: Result<Invitation, PlatformError>?
        if let invitation = SessionCookie.invitation(in: request), !invitation.isEmpty {
            cookies.append(SessionCookie.keep(invitation: "", isSecure: isSecure))
            let session = try await sessions(signedIn.secret)
            do {
                result = .success(
                    try await AcceptInvitation(context.asked(by: api.asker(session)))(session, token: invitation)
                )
            } catch let refusal as PlatformError {
                result = .failure(refusal)
            }
        }
        return Done(user: signedIn.user, cookies: cookies, invitation: result)
    }

    /// The session of a browser that has opened an invitation; without one, the invitation waits until it has signed in
    /// (facts section 15, `invite_requires_login`).
    func requireSession(_ request: Request, for invitation: String) async throws -> Session {
        // It becomes a cookie's value.
        try AcceptInvitation.requireForm(of: invitation)
        do {
            guard let cookie = SessionCookie.secret(in: request) else { throw Self.requiresLogin }
            try RequestOrigin.requireOwn(request)
            return try await sessions(cookie)
        } catch let refusal as PlatformError where refusal.code == .sessionInvalid || refusal == Self.requiresLogin {
            let cookie = SessionCookie.keep(invitation: invitation, isSecure: isSecure)
            throw ErrorWithHeaders(Self.requiresLogin, headers: [.setCookie: cookie.description])
        }
    }

    private static let requiresLogin = PlatformError(
        .inviteRequiresLogin,
        "Sign in first, with the address that the invitation was sent to; the invitation is then accepted.",
        redirectTo: "/auth/sign-in"
    )
}
