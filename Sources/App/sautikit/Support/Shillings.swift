/// Money for people.
enum Shillings {
    /// `KES 1,234.50`.
    static func text(minor: Int64) -> String {
        let magnitude = minor.magnitude
        var whole = String(magnitude / 100)
        var index = whole.endIndex
        while whole.distance(from: whole.startIndex, to: index) > 3 {
            index = whole.index(index, offsetBy: -3)
            whole.insert(",", at: index)
        }
        let cents = magnitude % 100
        return "\(minor < 0 ? "-" : "")KES \(whole).\(cents < 10 ? "0" : "")\(cents)"
    }
}
