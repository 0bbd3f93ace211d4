/// Numbers whose owner is paid for being called. They are never called from here, whoever asks.
enum PremiumRange {
    /// How they begin, with the place that numbers them so.
    static let all: [(prefix: String, country: String)] = [
        ("+254900", "KE"), ("+255900", "TZ"), ("+256900", "UG"), ("+1900", "US"), ("+1976", "US"), ("+449", "GB"),
        ("+44871", "GB"), ("+44872", "GB"), ("+44873", "GB"), ("+3389", "FR"), ("+49900", "DE"), ("+34803", "ES"),
        ("+34806", "ES"), ("+34807", "ES"), ("+39899", "IT"), ("+61190", "AU"),
    ]

    static func contains(_ e164: String) -> Bool { all.contains { e164.hasPrefix($0.prefix) } }
}
