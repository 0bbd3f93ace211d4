package import Primitives
import Synchronization

/// Allows each key so many requests a minute. A bucket that fills evenly: a client that keeps to the rate is never refused,
/// and one that rests may burst up to the whole minute's worth.
package final class RateLimiter<Key: Hashable & Sendable>: Sendable {
    /// Keys beyond this make the limiter forget those whose bucket is full.
    private static var forgetAbove: Int { 20_000 }

    private let perMinute: Int
    private let clock: any WallClock
    private let buckets = Mutex<[Key: TokenBucket]>([:])

    /// Makes a limiter.
    package init(perMinute: Int, clock: any WallClock) {
        self.perMinute = max(1, perMinute)
        self.clock = clock
    }

    /// Counts a request of a key and says whether it may go on.
    package func take(_ key: Key) -> RateLimitVerdict {
        let now = clock.now()
        return buckets.withLock { buckets in
            if buckets.count > Self.forgetAbove { buckets = buckets.filter { !$0.value.isFull(at: now) } }
            var bucket = buckets[key] ?? TokenBucket(perMinute: perMinute, now: now)
            defer { buckets[key] = bucket }
            return bucket.take(at: now)
        }
    }
}
