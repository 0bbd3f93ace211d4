import Ledger

/// What a new sheet changes.
package struct RateChanges: Sendable {
    struct Change: Sendable {
        let prefix: String
        let destination: String
        let before: String
        let after: String
    }

    /// How many prefixes have another price.
    private(set) package var count = 0
    /// Whether any number costs more.
    private(set) package var isDearer = false
    /// The first of them in words.
    private(set) var described: [Change] = []

    private static let most = 40

    /// Compares what numbers with each prefix of either sheet cost. Prefixes that both begin a number are compared one by
    /// one, so no number's change is missed.
    package init(from before: RateSheet, to after: RateSheet) {
        let names = Dictionary((before.all + after.all).map { ($0.prefix, $0.destination) }, uniquingKeysWith: { $1 })
        for (prefix, destination) in names.sorted(by: { $0.key < $1.key }) where !Rate.isHome(prefix) {
            let (old, new) = (before.rate(of: prefix)?.perMinuteMinor, after.rate(of: prefix)?.perMinuteMinor)
            guard old != new else { continue }
            count += 1
            if let old, let new, new > old { isDearer = true }
            if described.count < Self.most {
                described.append(
                    Change(prefix: prefix, destination: destination, before: Self.text(old), after: Self.text(new))
                )
            }
        }
    }

    private static func text(_ minor: Int64?) -> String {
        minor.map { JSONValue.decimal(minor: $0).text } ?? "not called"
    }
}
