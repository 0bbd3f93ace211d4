import HTTPTypes
package import Hummingbird
package import Platform

/// Lets one request with an `Idempotency-Key` run at a time; its twins are told to come back (facts section 3).
package struct IdempotencyMiddleware: RouterMiddleware {
    /// Requests of the API.
    package typealias Context = APIContext

    private let running: RunningRequests

    /// Keeps track in `running`.
    package init(_ running: RunningRequests) {
        self.running = running
    }

    /// Lets a request through unless its twin is under way.
    package func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post, let key = request.headers[.idempotencyKey],
            let scopeID = context.principal?.workspaceID ?? context.session?.user.id
        else { return try await next(request, context) }
        do {
            return try await running.run(scopeID: scopeID, key: key) { try await next(request, context) }
        } catch let refusal as PlatformError where refusal.code == .idempotencyInProgress {
            throw ErrorWithHeaders(refusal, headers: [.retryAfter: "1"])
        }
    }
}
