import Primitives

/// Moments as Daraja writes them: in Nairobi, which is three hours east of UTC all year.
enum MPesaTime {
    private static let offset = Duration.seconds(3 * 3600)

    /// `yyyyMMddHHmmss`.
    static func digits(_ moment: Timestamp) -> String {
        String(allDigits(moment).prefix(14))
    }

    /// The same as a number.
    static func number(_ moment: Timestamp) -> Int64 {
        Int64(digits(moment)) ?? 0
    }

    /// `yyyy-MM-dd HH:mm:ss`.
    static func spaced(_ moment: Timestamp) -> String {
        String((moment + offset).rfc3339.prefix(19)).map { $0 == "T" ? " " : String($0) }.joined()
    }

    /// `yyyyMMddHHmmssSSS`, with milliseconds.
    static func allDigits(_ moment: Timestamp) -> String {
        (moment + offset).rfc3339.filter { $0.isASCII && $0.isNumber }
    }

    /// Reads `yyyyMMddHHmmss`; nil for anything else.
    static func moment(digits text: String) -> Timestamp? {
        guard text.utf8.count == 14, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let parts = [4, 2, 2, 2, 2, 2]
        var rest = Substring(text)
        let words = parts.map { count in
            defer { rest = rest.dropFirst(count) }
            return String(rest.prefix(count))
        }
        return Timestamp(
            rfc3339: "\(words[0])-\(words[1])-\(words[2])T\(words[3]):\(words[4]):\(words[5])+03:00"
        )
    }

    /// Reads `yyyy-MM-dd HH:mm:ss`; nil for anything else.
    static func moment(spaced text: String) -> Timestamp? {
        let halves = text.split(separator: " ", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].utf8.count == 8 else { return nil }
        return Timestamp(rfc3339: "\(halves[0])T\(halves[1])+03:00")
    }
}
