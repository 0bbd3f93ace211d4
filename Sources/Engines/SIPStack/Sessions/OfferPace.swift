/// How many offers of its peer's a call looks at, as a value: some at once, and then one after another at a steady pace. People who
/// put each other on hold never notice.
struct OfferPace: Sendable {
    /// Offers that are looked at at once after a rest.
    static let burst = 20
    /// One more is looked at after this.
    static let interval: Duration = .milliseconds(500)
    /// What a peer is told to wait that makes too many, in seconds.
    static let retryAfter = 10

    /// When the bucket would be full; before now when it is.
    private var fullAt: Duration = .zero

    /// Whether an offer is looked at.
    ///
    /// - Parameter now: steady time.
    mutating func admit(at now: Duration) -> Bool {
        let next = max(fullAt, now) + Self.interval
        guard next - now <= Self.interval * Self.burst else { return false }
        fullAt = next
        return true
    }
}
