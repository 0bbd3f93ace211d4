/// Reads fixed-width decimal fields from ASCII, for timestamps.
struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly `count` digits as a number, or nil and nothing is promised of the position.
    mutating func digits(_ count: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<count {
            guard let digit = nextDigit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// An optional fraction of a second, to the millisecond; nil for a point without digits.
    mutating func milliseconds() -> Int64? {
        guard skip(UInt8(ascii: ".")) else { return 0 }
        guard let tenths = nextDigit() else { return nil }
        var value = tenths * 100
        var weight: Int64 = 10
        while let digit = nextDigit() {
            value += digit * weight
            weight /= 10
        }
        return value
    }

    /// `Z` or `+hh:mm` or `-hh:mm`, in minutes east of UTC.
    mutating func offsetMinutes() -> Int64? {
        if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
        let isEast = skip(UInt8(ascii: "+"))
        guard isEast || skip(UInt8(ascii: "-")) else { return nil }
        guard let hours = digits(2), hours < 24, skip(UInt8(ascii: ":")), let minutes = digits(2), minutes < 60 else {
            return nil
        }
        return (isEast ? 1 : -1) * (hours * 60 + minutes)
    }

    private mutating func nextDigit() -> Int64? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int64(byte - UInt8(ascii: "0"))
    }
}
