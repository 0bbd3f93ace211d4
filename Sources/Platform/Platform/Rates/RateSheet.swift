package import Primitives

/// All rates that are in force together. A call's is that of the longest prefix; numbers that no prefix begins are not called.
package struct RateSheet: Sendable {
    /// When it begins.
    package let effectiveAt: Timestamp
    /// A prefix's digits with a one before them, so that leading zeros count: `256` is 1,256.
    private let rates: [Int64: Rate]

    /// Makes a sheet; of a prefix that is there twice, the last one counts.
    package init(_ effectiveAt: Timestamp, _ rates: [Rate]) {
        self.effectiveAt = effectiveAt
        var byKey: [Int64: Rate] = [:]
        byKey.reserveCapacity(rates.count)
        for rate in rates {
            if let key = Self.key(rate.prefix.utf8) { byKey[key] = rate }
        }
        self.rates = byKey
    }

    /// The rates in the order of their prefixes.
    package var all: [Rate] { rates.values.sorted { $0.prefix < $1.prefix } }

    /// The rate of a number: dropping its last digit again and again finds the longest prefix first, in 15 steps at most.
    ///
    /// - Parameter number: E.164 with or without `+`, or only its first digits.
    package func rate(of number: String) -> Rate? {
        guard var key = Self.key(number.utf8.drop { $0 == UInt8(ascii: "+") }) else { return nil }
        while key > 1 {
            if let rate = rates[key] { return rate }
            key /= 10
        }
        return nil
    }

    private static func key(_ digits: some Collection<UInt8>) -> Int64? {
        guard (1...15).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(1) { $0 * 10 + Int64($1 - 0x30) }
    }
}
