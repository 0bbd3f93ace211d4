/// How much may be done in a burst, and how much in a second from then on.
struct TokenBucket: Sendable {
    /// Thousandths.
    private var tokens: Int
    /// When it was looked at last.
    private(set) var refilledAt: Duration

    /// A bucket that is full.
    init(burst: Int, at now: Duration) {
        tokens = burst * 1000
        refilledAt = now
    }

    /// Takes one; false when there is none.
    mutating func take(perSecond: Int, burst: Int, at now: Duration) -> Bool {
        let elapsed = Int(clamping: (now - refilledAt).nanoseconds / 1_000_000)
        if elapsed > 0 {
            let (gain, overflow) = elapsed.multipliedReportingOverflow(by: perSecond)
            let most = burst * 1000
            tokens = overflow ? most : min(most, tokens + min(gain, most))
            refilledAt = now
        }
        guard tokens >= 1000 else { return false }
        tokens -= 1000
        return true
    }
}
