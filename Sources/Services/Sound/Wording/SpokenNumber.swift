/// A number as it is written: digits, perhaps grouped by commas, perhaps with decimals.
struct SpokenNumber: Equatable {
    /// The digits before the point, without commas.
    let digits: String
    /// The digits after the point; empty for none.
    let decimals: String
    /// Whether commas grouped them.
    let isGrouped: Bool

    /// The whole part; nil when it is more than 10^12.
    var whole: Int? {
        guard digits.utf8.count <= 15, let value = Int(digits), value <= 1_000_000_000_000 else { return nil }
        return value
    }

    /// Whether it is a code or a telephone number rather than a quantity: it begins with a zero, is too long, or is a
    /// Kenyan number in its international form.
    var isCode: Bool {
        if isGrouped || !decimals.isEmpty { return whole == nil }
        if digits.utf8.count > 1, digits.hasPrefix("0") { return true }
        if digits.utf8.count == 12, digits.hasPrefix("2547") || digits.hasPrefix("2541") { return true }
        return whole == nil
    }
}
