import HTTPTypes
import Hummingbird
import Platform

/// What a limiter says of a request.
package struct RateLimitVerdict: Sendable, Equatable {
    /// Whether it may go on.
    package let isAllowed: Bool
    /// Requests a minute.
    package let limit: Int
    /// Requests left now.
    package let remaining: Int
    /// Until all are left again.
    package let resetSeconds: Int
    /// Until one is left; 0 when it may go on.
    package let retryAfterSeconds: Int

    /// Says in an answer's headers how many requests are left, whatever the answer is.
    ///
    /// - Throws: `rate_limit.exceeded` without asking `next` when none is left; what `next` throws.
    func answer(_ next: () async throws -> Response) async throws -> Response {
        guard isAllowed else { throw ErrorWithHeaders(Self.refusal, headers: headers) }
        do {
            var response = try await next()
            for field in headers { response.headers.append(field) }
            return response
        } catch {
            throw ErrorWithHeaders(error, headers: headers)
        }
    }

    private static let refusal = PlatformError(
        .rateLimitExceeded,
        "Too many requests. Wait as long as Retry-After says."
    )

    private var headers: HTTPFields {
        var headers: HTTPFields = [
            .rateLimitLimit: "\(limit)", .rateLimitRemaining: "\(remaining)", .rateLimitReset: "\(resetSeconds)",
        ]
        if !isAllowed { headers[.retryAfter] = "\(max(1, retryAfterSeconds))" }
        return headers
    }
}
