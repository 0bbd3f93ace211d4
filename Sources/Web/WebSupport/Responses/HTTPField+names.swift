package import HTTPTypes

extension HTTPField.Name {
    /// Makes repeating a request harmless.
    package static let idempotencyKey = known("Idempotency-Key")
    /// Says that an answer is that of an earlier, equal request.
    package static let idempotentReplay = known("Idempotent-Replay")
    /// Whom proxies ask for.
    package static let forwardedFor = known("X-Forwarded-For")
    /// Names the request.
    package static let requestID = known("X-Request-Id")
    /// Requests allowed in a minute.
    package static let rateLimitLimit = known("RateLimit-Limit")
    /// Requests left.
    package static let rateLimitRemaining = known("RateLimit-Remaining")
    /// Seconds until all are left again.
    package static let rateLimitReset = known("RateLimit-Reset")
    /// Keeps signed links out of other servers' logs.
    package static let referrerPolicy = known("Referrer-Policy")
    /// Keeps browsers from guessing types.
    package static let contentTypeOptions = known("X-Content-Type-Options")

    /// A name that is a valid token; the fallback is never reached for the literals above.
    private static func known(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .via
    }
}
