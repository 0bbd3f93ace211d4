import Primitives

/// Daraja's times: `yyyyMMddHHmmss` and `yyyy-MM-dd HH:mm:ss`, both in Nairobi's time (facts M-Pesa, sections 3, 6 and 8).
enum DarajaTime {
    private static let offset = Duration.seconds(3 * 3600)

    /// 14 digits.
    static func digits(_ moment: Timestamp) -> String {
        (moment + offset).rfc3339Seconds.filter(\.isNumber)
    }

    /// Date and time with a space between.
    static func spaced(_ moment: Timestamp) -> String {
        String((moment + offset).rfc3339Seconds.dropLast()).replacing("T", with: " ")
    }

    /// Reads 14 digits.
    static func moment(digits text: String) -> Timestamp? {
        let digits = Array(text)
        guard digits.count == 14, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return Timestamp(
            rfc3339:
                "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))+03:00"
        )
    }

    /// Reads a date and time as statements write them, or RFC 3339.
    static func moment(spaced text: String) -> Timestamp? {
        Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text.replacing(" ", with: "T") + "+03:00")
    }
}
