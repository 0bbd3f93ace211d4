/// Keeps a trunk that is broken, or behind whose address somebody guesses passwords, away from everybody else, as a value: a bucket of
/// tokens for each trunk, and accounts that nobody may try at a trunk's address any more for a while. The trunk itself is never banned.
/// What it remembers is bounded.
package struct TrunkGuard: Sendable {
    /// How much a trunk may do.
    package struct Limits: Sendable {
        /// Requests outside of dialogs in a second. Default 500.
        package var perSecond = 500
        /// As many at once after a rest. Default 2,000.
        package var burst = 2000
        /// Wrong passwords of one account after which it is not looked at any more from this trunk. Default 10.
        package var failures = 10
        /// How long that lasts, and how long a wrong password is remembered. Default 10 minutes.
        package var ban: Duration = .seconds(600)
        /// Accounts remembered at once; of more, who was wrong longest ago is forgotten. Default 10,000.
        package var claims = 10_000

        /// Makes the default limits.
        package init() {}
    }

    /// What becomes of a request.
    package enum Verdict: Sendable, Equatable {
        /// It is looked at.
        case admitted
        /// The trunk sends too many. Whether that has not been told for a minute.
        case throttled(isNews: Bool)
        /// The account that it names was guessed at too often from here.
        case refused
    }

    private struct Lane {
        var bucket: TokenBucket
        var toldAt: Duration?
    }

    private struct Claim: Hashable {
        let trunk: String
        let account: String
    }

    private struct Mistakes {
        var count = 0
        var lastAt: Duration
        var bannedUntil: Duration?
    }

    /// How often it is told that a trunk sends too many.
    private static let silence: Duration = .seconds(60)
    /// Characters of an account's name that are looked at; ours are shorter.
    private static let longestAccount = 64

    private let limits: Limits
    private var lanes: [String: Lane] = [:]
    private var claims: [Claim: Mistakes] = [:]

    /// Makes a guard that has seen nobody.
    package init(_ limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Accounts remembered.
    package var count: Int { claims.count }

    /// Decides on a request.
    ///
    /// - Parameters:
    ///   - account: the user name of its credentials, if it has any.
    ///   - now: steady time.
    package mutating func admit(_ trunk: TrunkLane, claiming account: String?, at now: Duration) -> Verdict {
        var lane = lanes[trunk.name] ?? Lane(bucket: TokenBucket(burst: limits.burst, at: now))
        defer { lanes[trunk.name] = lane }
        guard lane.bucket.take(perSecond: limits.perSecond, burst: limits.burst, at: now) else {
            let isNews = lane.toldAt.map { now - $0 >= Self.silence } ?? true
            if isNews { lane.toldAt = now }
            return .throttled(isNews: isNews)
        }
        guard let account, !claims.isEmpty, let until = claims[claim(trunk, account)]?.bannedUntil else {
            return .admitted
        }
        return now < until ? .refused : .admitted
    }

    /// Notes a wrong password; true when the account is not looked at any more from now on. The trunk's own account stays open, since
    /// its calls would end with it: whoever guesses it does so at the pace of the trunk's bucket.
    package mutating func blame(_ trunk: TrunkLane, claiming account: String, at now: Duration) -> Bool {
        guard account != trunk.account else { return false }
        let claim = claim(trunk, account)
        if claims[claim] == nil { makeRoom(at: now) }
        var mistakes = claims[claim] ?? Mistakes(lastAt: now)
        let isOver = mistakes.bannedUntil.map { now >= $0 } ?? false
        if isOver || now - mistakes.lastAt >= limits.ban { mistakes = Mistakes(lastAt: now) }
        mistakes.count += 1
        mistakes.lastAt = now
        let isTooMany = mistakes.count >= limits.failures && mistakes.bannedUntil == nil
        if isTooMany { mistakes.bannedUntil = now + limits.ban }
        claims[claim] = mistakes
        return isTooMany
    }

    /// Forgets trunks that there are no more.
    package mutating func keep(_ trunks: Set<String>) {
        lanes = lanes.filter { trunks.contains($0.key) }
    }

    private func claim(_ trunk: TrunkLane, _ account: String) -> Claim {
        Claim(trunk: trunk.name, account: String(account.prefix(Self.longestAccount)))
    }

    /// Whoever was wrong longest ago goes first, an eighth at a time, so that a flood of names does not make this the work.
    private mutating func makeRoom(at now: Duration) {
        guard claims.count >= limits.claims else { return }
        claims = claims.filter { now - $0.value.lastAt < limits.ban }
        guard claims.count >= limits.claims else { return }
        let oldest = claims.sorted { $0.value.lastAt < $1.value.lastAt }.prefix(max(1, limits.claims / 8))
        for (claim, _) in oldest { claims[claim] = nil }
    }
}
