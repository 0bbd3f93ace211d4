package import HTTPTypes

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

    /// Tells the client.
    package func describe(in headers: inout HTTPFields) {
        headers[.rateLimitLimit] = "\(limit)"
        headers[.rateLimitRemaining] = "\(remaining)"
        headers[.rateLimitReset] = "\(resetSeconds)"
        if !isAllowed { headers[.retryAfter] = "\(max(1, retryAfterSeconds))" }
    }
}
