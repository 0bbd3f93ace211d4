package import Primitives
import Synchronization

/// Allows each key so many requests a minute. A bucket that fills evenly: a client that keeps to the rate is never refused,
/// and one that rests may burst up to the whole minute's worth.
package final class RateLimiter<Key: Hashable & Sendable>: Sendable {
    private let perMinute: Int
    private let keyLimit: Int
    private let clock: any WallClock
    private let buckets = Mutex<[Key: TokenBucket]>([:])

    /// Makes a limiter.
    ///
    /// - Parameter keyLimit: the most keys remembered at a time.
    package init(perMinute: Int, keyLimit: Int = 20_000, clock: any WallClock) {
        self.perMinute = max(1, perMinute)
        self.keyLimit = max(1, keyLimit)
        self.clock = clock
    }

    /// How many keys are remembered.
    package var keyCount: Int { buckets.withLock(\.count) }

    /// Counts a request of a key and says whether it may go on.
    package func take(_ key: Key) -> RateLimitVerdict {
        let now = clock.now()
        return buckets.withLock { buckets in
            if let verdict = buckets[key]?.take(at: now) { return verdict }
            makeRoom(in: &buckets, at: now)
            return buckets[key, default: TokenBucket(perMinute: perMinute, now: now)].take(at: now)
        }
    }

    /// Forgets keys with a full bucket, who lose nothing by it. When that frees less than a tenth, forgets everybody:
    /// a flood of new keys then costs each of them a fresh minute, and us neither memory nor a sweep per request.
    private func makeRoom(in buckets: inout [Key: TokenBucket], at now: Timestamp) {
        guard buckets.count >= keyLimit else { return }
        buckets = buckets.filter { !$0.value.isFull(at: now) }
        if buckets.count > keyLimit * 9 / 10 { buckets = [:] }
    }
}
