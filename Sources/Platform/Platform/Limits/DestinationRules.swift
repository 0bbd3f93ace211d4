/// Whether a number may be called, by what it begins with alone. Pure: nothing is looked up.
enum DestinationRules {
    /// Why not; nil when it may.
    ///
    /// - Parameter all: the limits that must hold, each for itself; high-risk ranges must be opened by the first, and are not
    ///   closed by others that are silent.
    static func refusal(to e164: String, _ all: [Limits]) -> PlatformError? {
        if PremiumRange.contains(e164) {
            return PlatformError(
                .premiumRefused,
                "\(e164) is a premium-rate number, and those are not called.",
                field: "to"
            )
        }
        let limits = all.dropFirst().reduce(all.first ?? Limits()) { $0.narrowed(by: $1) }
        if let range = HighRiskRange.of(e164), !(limits.highRiskPrefixes ?? []).contains(range.prefix) {
            return PlatformError(
                .highRiskRefused,
                "\(range.prefix) (\(range.name)) is a high-risk range that is not open to this workspace or key.",
                field: "to"
            )
        }
        guard let countries = limits.countries else { return nil }
        let country = CallingCode.country(of: e164)
        if let country, countries.contains(country) { return nil }
        return PlatformError(
            .countryNotAllowed,
            "Calls to \(country ?? "this place") are not among those that the limits allow.",
            field: "to"
        )
    }
}
