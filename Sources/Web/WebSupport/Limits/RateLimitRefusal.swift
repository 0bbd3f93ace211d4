import HTTPTypes
import Platform

/// A request beyond the limit, with the headers that say when to come back.
struct RateLimitRefusal: Error {
    let headers: HTTPFields

    init(_ verdict: RateLimitVerdict) {
        var headers = HTTPFields()
        verdict.describe(in: &headers)
        self.headers = headers
    }

    static let refusal = PlatformError(.rateLimitExceeded, "Too many requests. Wait as long as Retry-After says.")
}
