/// Amounts as people write them.
package enum DecimalText {
    /// Hundredths of a number of at most nine digits and two places: `120` is 12,000 and `2.5` is 250; nil for anything
    /// else, a sign and separators too.
    package static func minor(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...9).contains(parts[0].utf8.count) else { return nil }
        let places = parts.count == 2 ? parts[1] : "0"
        guard (1...2).contains(places.utf8.count), (parts[0] + places).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let whole = Int64(parts[0]), let part = Int64(places)
        else { return nil }
        return whole * 100 + (places.utf8.count == 1 ? part * 10 : part)
    }
}
