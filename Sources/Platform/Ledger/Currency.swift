/// A currency by its ISO 4217 code; amounts are integers of its minor unit, of which 100 make one.
package struct Currency: Sendable, Hashable {
    /// The three-letter code: `KES`.
    package let code: String

    /// The Kenyan shilling.
    package static let kes = Currency(code: "KES")

    private init(code: String) {
        self.code = code
    }

    /// A supported currency; nil for any other code.
    package init?(_ code: String) {
        guard code.uppercased() == Self.kes.code else { return nil }
        self = .kes
    }
}
