import HTTPTypes
package import Hummingbird
package import Platform
package import Primitives

/// Finds out who is asking, and how often they may.
package struct AuthenticationMiddleware: RouterMiddleware {
    /// Requests of the API.
    package typealias Context = APIContext

    private let authenticate: AuthenticateKey
    private let limiter: RateLimiter<Identifier>

    /// Asks `authenticate`, and counts against `limiter`.
    package init(authenticate: AuthenticateKey, limiter: RateLimiter<Identifier>) {
        self.authenticate = authenticate
        self.limiter = limiter
    }

    /// Lets a request with a good key through.
    package func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard let secret = BearerKey.secret(in: authorization(of: request)) else {
            throw PlatformError(.keyInvalid, "Send 'Authorization: Bearer tsk_live_…' with a key of this server.")
        }
        let principal = try await authenticate(secret)
        var known = context
        known.principal = principal
        return try await limiter.take(principal.keyID).answer { [known] in try await next(request, known) }
    }

    /// The first field of the name; a second one would be a mistake of the client's (RFC 9110 section 5.3).
    private func authorization(of request: Request) -> String? {
        request.headers.first { $0.name == .authorization }?.value
    }
}
