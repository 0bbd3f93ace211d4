/// Keeps floods and guessing of passwords away from everybody else, as a value: a bucket of tokens for each source of requests
/// outside of dialogs, and a ban that expires for those who fail too often. What it remembers is bounded.
package struct SourceGuard: Sendable {
    /// How much a source may do.
    package struct Limits: Sendable {
        /// Requests outside of dialogs in a second. Default 100: an office behind one address.
        package var perSecond = 100
        /// As many at once after a rest. Default 400.
        package var burst = 400
        /// Wrong passwords after which a source is banned. Default 10.
        package var failures = 10
        /// How long a ban lasts, and how long a wrong password is remembered. Default 10 minutes.
        package var ban: Duration = .seconds(600)
        /// Sources remembered at once; all beyond them share one bucket. Default 10,000.
        package var sources = 10_000

        /// Makes the default limits.
        package init() {}
    }

    /// What becomes of a request.
    package enum Verdict: Sendable, Equatable {
        /// It is looked at.
        case admitted
        /// Its source sends too many.
        case throttled
        /// Its source has failed too often.
        case banned
    }

    private struct Source {
        var bucket: TokenBucket
        var failures = 0
        var failedAt: Duration = .zero
        var bannedUntil: Duration?
    }

    private let limits: Limits
    private var sources: [String: Source] = [:]
    private var others: Source
    private var sweptAt: Duration?

    /// Makes a guard that has seen nobody.
    package init(_ limits: Limits = Limits()) {
        self.limits = limits
        others = Source(bucket: TokenBucket(burst: limits.burst, at: .zero))
    }

    /// Sources remembered.
    package var count: Int { sources.count }

    /// Decides on a request.
    ///
    /// - Parameter now: steady time.
    package mutating func admit(_ source: String, at now: Duration) -> Verdict {
        var known = sources[source]
        if known == nil, makeRoom(at: now) { known = Source(bucket: TokenBucket(burst: limits.burst, at: now)) }
        guard var one = known else { return Self.take(&others.bucket, limits, now) ? .admitted : .throttled }
        defer { sources[source] = one }
        if let end = one.bannedUntil {
            guard now >= end else { return .banned }
            (one.bannedUntil, one.failures) = (nil, 0)
        }
        return Self.take(&one.bucket, limits, now) ? .admitted : .throttled
    }

    /// Notes a wrong password; true when the source is banned from now on.
    package mutating func blame(_ source: String, at now: Duration) -> Bool {
        guard var one = sources[source] else { return false }
        if now - one.failedAt >= limits.ban { one.failures = 0 }
        one.failures += 1
        one.failedAt = now
        let isTooMany = one.failures >= limits.failures && one.bannedUntil == nil
        if isTooMany { one.bannedUntil = now + limits.ban }
        sources[source] = one
        return isTooMany
    }

    private static func take(_ bucket: inout TokenBucket, _ limits: Limits, _ now: Duration) -> Bool {
        bucket.take(perSecond: limits.perSecond, burst: limits.burst, at: now)
    }

    /// Forgets who has been quiet, at most once a second: a flood of sources must not make this the work.
    private mutating func makeRoom(at now: Duration) -> Bool {
        if sources.count < limits.sources { return true }
        if let sweptAt, now - sweptAt < .seconds(1) { return false }
        sweptAt = now
        let rest = Duration.milliseconds(limits.burst * 1000 / max(limits.perSecond, 1))
        sources = sources.filter { _, source in
            if let end = source.bannedUntil { return end > now }
            let isRemembered = source.failures > 0 && now - source.failedAt < limits.ban
            return isRemembered || now - source.bucket.refilledAt < rest
        }
        return sources.count < limits.sources
    }
}
