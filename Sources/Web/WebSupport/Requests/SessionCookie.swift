package import Hummingbird
import Primitives

/// The cookie of a session (facts section 16.1).
package enum SessionCookie {
    private static let name = "sk_session"
    private static let invitationName = "sk_invite"
    private static let invitationLifetime = 3600

    /// What a browser sent; nil when it has none.
    package static func secret(in request: Request) -> String? {
        request.cookies[name]?.value
    }

    /// Gives a browser its session: out of reach of scripts, and not sent along by other sites' forms.
    ///
    /// - Parameter isSecure: whether it is kept to TLS.
    package static func set(_ secret: String, lifetime: Duration, isSecure: Bool) -> Cookie {
        Cookie(
            name: name,
            value: secret,
            maxAge: Int(lifetime.components.seconds),
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }

    /// The token of an invitation that was opened before signing in; nil when there is none.
    package static func invitation(in request: Request) -> String? {
        request.cookies[invitationName]?.value
    }

    /// Keeps the token of an invitation for an hour, until its person has signed in; an empty one takes it away.
    package static func keep(invitation token: String, isSecure: Bool) -> Cookie {
        Cookie(
            name: invitationName,
            value: token,
            maxAge: token.isEmpty ? 0 : invitationLifetime,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }

    /// Takes it away.
    package static func cleared(isSecure: Bool) -> Cookie {
        set("", lifetime: .zero, isSecure: isSecure)
    }
}
