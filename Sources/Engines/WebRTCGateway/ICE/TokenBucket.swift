/// Lets through so many a second, and as many at once after a second of rest.
struct TokenBucket {
    private let interval: Duration
    private let burst: Duration
    /// When all that was let through would have come if it had come evenly.
    private var paid: Duration = .zero

    init(perSecond rate: Int) {
        interval = .seconds(1) / max(1, rate)
        burst = .seconds(1) - interval
    }

    mutating func take(at now: Duration) -> Bool {
        guard paid - now <= burst else { return false }
        paid = max(paid, now) + interval
        return true
    }
}
