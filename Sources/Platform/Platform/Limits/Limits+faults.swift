extension Limits {
    /// The most of each that makes sense: a call is over within a day, and nobody dials faster.
    static let ranges: [(name: String, value: any KeyPath<Limits, Int64?> & Sendable, range: ClosedRange<Int64>)] = [
        ("max_concurrent_calls", \.concurrentCalls, 1...1_000_000), ("calls_per_second", \.callsPerSecond, 1...10_000),
        ("spend_per_day_minor", \.spendPerDayMinor, 0...1_000_000_000_000),
        ("longest_call_seconds", \.longestCallSeconds, 1...86_400),
    ]

    /// What is wrong with them.
    ///
    /// - Parameter prefix: stands before the names of the fields.
    func faults(prefix: String) -> [FieldFault] {
        var faults: [FieldFault] = []
        for (name, value, range) in Self.ranges {
            guard let value = self[keyPath: value], !range.contains(value) else { continue }
            faults.append(
                FieldFault(prefix + name, "'\(prefix)\(name)' is \(range.lowerBound) to \(range.upperBound).")
            )
        }
        if let code = countries?.first(where: { !CallingCode.countries.contains($0) }) {
            let message = "'\(code.prefix(16))' is not a country's two letters, such as KE."
            faults.append(FieldFault(prefix + "countries", message))
        }
        if let unknown = highRiskPrefixes?.first(where: { HighRiskRange.named($0) == nil }) {
            let known = HighRiskRange.all.map(\.prefix).joined(separator: ", ")
            let message = "'\(unknown.prefix(16))' is not a high-risk range. There are: \(known)."
            faults.append(FieldFault(prefix + "high_risk_prefixes", message))
        }
        return faults
    }

    /// Where these limits allow more than `bound` does.
    func excess(over bound: Limits) -> [FieldFault] {
        var faults: [FieldFault] = []
        for (name, value, _) in Self.ranges {
            guard let wanted = self[keyPath: value], let most = bound[keyPath: value], wanted > most else { continue }
            faults.append(FieldFault(name, "The operator's limit is \(most).", code: .limitTooWide))
        }
        if let allowed = bound.countries, let other = countries?.first(where: { !allowed.contains($0) }) {
            faults.append(FieldFault("countries", "The operator does not allow \(other).", code: .limitTooWide))
        }
        let open = bound.highRiskPrefixes ?? []
        if let other = highRiskPrefixes?.first(where: { !open.contains($0) }) {
            faults.append(
                FieldFault("high_risk_prefixes", "The operator does not allow \(other).", code: .limitTooWide)
            )
        }
        return faults
    }
}
