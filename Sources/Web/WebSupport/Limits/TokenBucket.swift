package import Primitives

/// A bucket of a minute's requests as a value, counted in milliseconds so that it is exact.
package struct TokenBucket: Sendable {
    private let perMinute: Int64
    /// 60,000 a request: each millisecond adds `perMinute` of them.
    private var level: Int64
    private var filledAt: Timestamp

    private static let unit: Int64 = 60_000

    /// Makes a full bucket.
    package init(perMinute: Int, now: Timestamp) {
        self.perMinute = Int64(perMinute)
        level = Int64(perMinute) * Self.unit
        filledAt = now
    }

    /// Takes one request.
    package mutating func take(at now: Timestamp) -> RateLimitVerdict {
        fill(until: now)
        let isAllowed = level >= Self.unit
        if isAllowed { level -= Self.unit }
        let missing = perMinute * Self.unit - level
        let untilNext = isAllowed ? 0 : (Self.unit - level + perMinute - 1) / perMinute
        return RateLimitVerdict(
            isAllowed: isAllowed,
            limit: Int(perMinute),
            remaining: Int(level / Self.unit),
            resetSeconds: Int((missing / perMinute + 999) / 1000),
            retryAfterSeconds: Int((untilNext + 999) / 1000)
        )
    }

    /// Whether nothing was taken for so long that it need not be remembered.
    package func isFull(at now: Timestamp) -> Bool {
        var copy = self
        copy.fill(until: now)
        return copy.level == perMinute * Self.unit
    }

    private mutating func fill(until now: Timestamp) {
        let elapsed = max(0, min((now - filledAt).wholeMilliseconds, 60_000))
        level = min(perMinute * Self.unit, level + elapsed * perMinute)
        filledAt = max(now, filledAt)
    }
}
