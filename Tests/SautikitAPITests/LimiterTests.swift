import Primitives
import Testing
import WebSupport

/// The limiter as a value under a clock of its own.
@Suite struct LimiterTests {
    private let clock = ManualWallClock()

    @Test func aBurstIsAMinutesWorthAndThenTheRate() {
        let limiter = RateLimiter<String>(perMinute: 300, clock: clock)
        for left in (0..<300).reversed() { #expect(limiter.take("a").remaining == left) }
        let refused = limiter.take("a")
        #expect(!refused.isAllowed && refused.retryAfterSeconds == 1 && refused.resetSeconds == 60)
        clock.advance(by: .milliseconds(199))
        #expect(!limiter.take("a").isAllowed)
        clock.advance(by: .milliseconds(1))
        #expect(limiter.take("a").isAllowed)
        #expect(!limiter.take("a").isAllowed)
        #expect(limiter.take("b").isAllowed)
    }

    @Test func whoKeepsToTheRateIsNeverRefused() {
        let limiter = RateLimiter<String>(perMinute: 60, clock: clock)
        for _ in 0..<1000 {
            #expect(limiter.take("a").isAllowed)
            clock.advance(by: .seconds(1))
        }
    }

    @Test func restingLongerFillsNoMoreThanAMinute() {
        let limiter = RateLimiter<String>(perMinute: 2, clock: clock)
        _ = limiter.take("a")
        clock.advance(by: .seconds(86_400))
        #expect((0..<4).map { _ in limiter.take("a").isAllowed } == [true, true, false, false])
    }

    @Test func memoryIsBoundedByIdleKeys() {
        let limiter = RateLimiter<Int>(perMinute: 60, keyLimit: 100, clock: clock)
        for key in 0..<10 { for _ in 0..<60 { _ = limiter.take(key) } }
        clock.advance(by: .seconds(30))
        for key in 10..<100 { _ = limiter.take(key) }
        clock.advance(by: .seconds(2))
        #expect(limiter.keyCount == 100)
        _ = limiter.take(100)
        // The ninety that rested are forgotten; the ten that were greedy are remembered.
        #expect(limiter.keyCount == 11)
        #expect(limiter.take(0).remaining == 31)
    }

    @Test func memoryIsBoundedInAFlood() {
        let limiter = RateLimiter<Int>(perMinute: 60, keyLimit: 100, clock: clock)
        for key in 0..<10_000 {
            #expect(limiter.take(key).isAllowed)
            #expect(limiter.keyCount <= 100)
        }
    }
}
