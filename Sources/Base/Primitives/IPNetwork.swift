/// A range of addresses in CIDR form: `10.0.0.0/8`.
package struct IPNetwork: Sendable, Hashable, CustomStringConvertible {
    /// The first address.
    package let base: IPAddress
    /// How many leading bits an address must share with it.
    package let prefixLength: Int

    /// Reads `address/length`; an address alone is a range of one.
    package init?(parsing text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let base = IPAddress(parsing: String(first)) else { return nil }
        let bitCount = base.bytes.count * 8
        let length = parts.count == 2 ? Int(parts[1]) : bitCount
        guard let length, (0...bitCount).contains(length) else { return nil }
        self.base = base
        prefixLength = length
    }

    /// Whether the address is in the range; never for the other address family.
    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        let whole = prefixLength / 8
        guard address.bytes.prefix(whole) == base.bytes.prefix(whole) else { return false }
        let rest = prefixLength % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
        return address.bytes[whole] & mask == base.bytes[whole] & mask
    }

    /// CIDR form.
    package var description: String { "\(base)/\(prefixLength)" }
}
