extension Timestamp {
    /// The moments that RFC 3339 can write: the years 0000 to 9999 of UTC.
    private static let firstWritable = Timestamp(millisecondsSinceEpoch: -62_167_219_200_000)
    private static let lastWritable = Timestamp(millisecondsSinceEpoch: 253_402_300_799_999)

    /// RFC 3339 in UTC with milliseconds: `2026-06-27T10:00:00.000Z`.
    package var rfc3339: String { rendered(withMilliseconds: true) }

    /// RFC 3339 in UTC without a fraction, parts of a second dropped: `2026-06-27T10:00:00Z`.
    package var rfc3339Seconds: String { rendered(withMilliseconds: false) }

    /// Reads RFC 3339 section 5.6 with `Z` or a numeric offset; digits past the millisecond are dropped, and so is what an
    /// offset adds to the year 9999. There is no year 0.
    ///
    /// - Parameter text: such as `2026-06-27T10:00:00Z` or `2026-06-27T13:00:00.5+03:00`; nil for anything else.
    package init?(rfc3339 text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), year > 0, scanner.skip(UInt8(ascii: "-")),
            let month = scanner.digits(2), scanner.skip(UInt8(ascii: "-")),
            let day = scanner.digits(2), scanner.skip(UInt8(ascii: "T")) || scanner.skip(UInt8(ascii: "t")),
            let hour = scanner.digits(2), hour < 24, scanner.skip(UInt8(ascii: ":")),
            let minute = scanner.digits(2), minute < 60, scanner.skip(UInt8(ascii: ":")),
            let second = scanner.digits(2), second < 60,
            let fraction = scanner.milliseconds(),
            let offsetMinutes = scanner.offsetMinutes(), scanner.isAtEnd
        else { return nil }
        let milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + fraction
        guard let civil = CivilTime(year: year, month: month, day: day, millisecondOfDay: milliseconds) else {
            return nil
        }
        self = min(civil.timestamp - .seconds(offsetMinutes * 60), Self.lastWritable)
    }

    private func rendered(withMilliseconds: Bool) -> String {
        let civil = CivilTime(min(max(self, Self.firstWritable), Self.lastWritable))
        var text: [UInt8] = []
        text.reserveCapacity(24)
        let seconds = civil.millisecondOfDay / 1000
        Self.append(civil.year, width: 4, then: UInt8(ascii: "-"), to: &text)
        Self.append(civil.month, width: 2, then: UInt8(ascii: "-"), to: &text)
        Self.append(civil.day, width: 2, then: UInt8(ascii: "T"), to: &text)
        Self.append(seconds / 3600, width: 2, then: UInt8(ascii: ":"), to: &text)
        Self.append(seconds / 60 % 60, width: 2, then: UInt8(ascii: ":"), to: &text)
        Self.append(seconds % 60, width: 2, then: UInt8(ascii: withMilliseconds ? "." : "Z"), to: &text)
        if withMilliseconds {
            Self.append(civil.millisecondOfDay % 1000, width: 3, then: UInt8(ascii: "Z"), to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ value: Int64, width: Int, then separator: UInt8, to text: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
        text.append(separator)
    }
}
