/// How many requests of its peer's a call looks at, as a value: what people, keys and session timers need, and no more. Whoever sends
/// more does not fill the table of transactions, which all calls share.
struct RequestPace: Sendable {
    /// Requests in a second; keys that are sent by INFO come ten to twenty a second.
    static let perSecond = 50
    /// As many at once after a rest.
    static let burst = 200
    /// Ends that are looked at although all else is not: the call can always be hung up.
    static let reserve = 10
    /// What a peer is told to wait that sends too many, in seconds.
    static let retryAfter = 5

    private var bucket = TokenBucket(burst: burst, at: .zero)
    private var ends = TokenBucket(burst: reserve, at: .zero)

    /// Whether a request is looked at.
    ///
    /// - Parameter now: since the call began.
    mutating func admit(isEnd: Bool, at now: Duration) -> Bool {
        if bucket.take(perSecond: Self.perSecond, burst: Self.burst, at: now) { return true }
        return isEnd && ends.take(perSecond: 1, burst: Self.reserve, at: now)
    }
}
