/// Limits that somebody has set for calls and claims; what is nil is not limited by them.
package struct Limits: Sendable, Equatable {
    /// Calls that may be live at once.
    package var concurrentCalls: Int64?
    /// Calls that may be dialled in a second; more wait for their turn.
    package var callsPerSecond: Int64?
    /// What may be spent in a day of Nairobi, in minor units; a live call counts with what it may cost.
    package var spendPerDayMinor: Int64?
    /// The longest that a call may last.
    package var longestCallSeconds: Int64?
    /// ISO 3166 codes of the countries that may be called; nil for all.
    package var countries: [String]?
    /// Ranges of `HighRiskRange` that may be called, by their prefixes: `+881`. The workspace's and the operator's are both
    /// needed; a key's nil takes the workspace's.
    package var highRiskPrefixes: [String]?

    /// Sets none.
    package init() {}

    /// The limits that are left when both must hold. High-risk ranges are those of both, or of whoever names any.
    func narrowed(by other: Limits) -> Limits {
        var limits = Limits()
        limits.concurrentCalls = Self.least(concurrentCalls, other.concurrentCalls)
        limits.callsPerSecond = Self.least(callsPerSecond, other.callsPerSecond)
        limits.spendPerDayMinor = Self.least(spendPerDayMinor, other.spendPerDayMinor)
        limits.longestCallSeconds = Self.least(longestCallSeconds, other.longestCallSeconds)
        limits.countries = Self.common(countries, other.countries)
        limits.highRiskPrefixes = Self.common(highRiskPrefixes, other.highRiskPrefixes)
        return limits
    }

    /// These limits, with those of `other` where they are silent.
    func over(_ other: Limits) -> Limits {
        var limits = self
        limits.concurrentCalls = concurrentCalls ?? other.concurrentCalls
        limits.callsPerSecond = callsPerSecond ?? other.callsPerSecond
        limits.spendPerDayMinor = spendPerDayMinor ?? other.spendPerDayMinor
        limits.longestCallSeconds = longestCallSeconds ?? other.longestCallSeconds
        limits.countries = countries ?? other.countries
        limits.highRiskPrefixes = highRiskPrefixes ?? other.highRiskPrefixes
        return limits
    }

    private static func least(_ one: Int64?, _ other: Int64?) -> Int64? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    private static func common(_ one: [String]?, _ other: [String]?) -> [String]? {
        guard let one, let other else { return one ?? other }
        return one.filter(other.contains)
    }
}
