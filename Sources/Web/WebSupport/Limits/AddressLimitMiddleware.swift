package import Hummingbird
import Primitives

/// Limits requests per network address, where nobody is asked for a key.
package struct AddressLimitMiddleware: RouterMiddleware {
    /// Requests of the API.
    package typealias Context = APIContext

    private let limiter: RateLimiter<String>

    /// Counts against `limiter`.
    package init(limiter: RateLimiter<String>) {
        self.limiter = limiter
    }

    /// Lets a request through while its address has any left.
    package func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        try await limiter.take(context.clientAddress?.description ?? "unknown").answer {
            try await next(request, context)
        }
    }
}
