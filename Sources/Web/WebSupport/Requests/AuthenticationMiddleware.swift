import HTTPTypes
package import Hummingbird
package import Platform
package import Primitives

/// Finds out who is asking, and how often they may.
package struct AuthenticationMiddleware: RouterMiddleware {
    /// Requests of the API.
    package typealias Context = APIContext

    private let keys: AuthenticateKey
    private let sessions: AuthenticateSession
    private let limiter: RateLimiter<Identifier>

    /// Asks `keys` and `sessions`, and counts against `limiter`.
    package init(keys: AuthenticateKey, sessions: AuthenticateSession, limiter: RateLimiter<Identifier>) {
        self.keys = keys
        self.sessions = sessions
        self.limiter = limiter
    }

    /// Lets a request with a good key or a session through; a key that was sent counts, whatever the cookie says.
    package func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var known = context
        let id: Identifier
        if let header = authorization(of: request) {
            let principal = try await principal(header, context)
            known.principal = principal
            id = principal.credentialID
        } else if let cookie = SessionCookie.secret(in: request) {
            try RequestOrigin.requireOwn(request)
            let session = try await sessions(cookie)
            known.session = session
            known.principal = session.principal
            id = session.id
        } else {
            throw Self.unknown
        }
        return try await limiter.take(id).answer { [known] in try await next(request, known) }
    }

    private static let unknown = PlatformError(
        .keyInvalid,
        "Send 'Authorization: Bearer tsk_live_…' with a key of this server."
    )

    private func principal(_ header: String, _ context: APIContext) async throws -> Principal {
        guard let secret = BearerKey.secret(in: header) else { throw Self.unknown }
        return try await keys(secret, from: context.clientAddress)
    }

    /// The first field of the name; a second one would be a mistake of the client's (RFC 9110 section 5.3).
    private func authorization(of request: Request) -> String? {
        request.headers.first { $0.name == .authorization }?.value
    }
}
