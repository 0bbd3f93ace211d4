/// What a minute of a call costs by where it goes.
package struct Rate: Sendable, Equatable {
    /// The first digits of the numbers, the country code first, without `+`.
    package let prefix: String
    /// ISO 3166 two-letter code, upper case; `ZZ` for what belongs to no country.
    package let country: String
    /// What people call it: `Uganda, mobile`.
    package let destination: String
    /// Minor units of the Kenyan shilling for a minute, with VAT: what the wallet pays.
    package let perMinuteMinor: Int64

    /// Names all parts.
    package init(prefix: String, country: String, destination: String, perMinuteMinor: Int64) {
        (self.prefix, self.country) = (prefix, country)
        (self.destination, self.perMinuteMinor) = (destination, perMinuteMinor)
    }

    /// The most digits of a prefix.
    package static let longestPrefix = 12
    /// What a minute may cost: to KES 10,000.
    package static let amounts: ClosedRange<Int64> = 0...10_000_00

    /// Whether the prefix is of Kenya, whose price is in the price list.
    static func isHome(_ prefix: some StringProtocol) -> Bool { prefix.hasPrefix(home) }

    static let home = "254"
}
