extension Identifier {
    /// Reads any rendering: a UUID, 32 hexadecimal digits (bare or after `SM` or `CA`), or Crockford base 32 (bare or after a prefix and `_`).
    ///
    /// - Parameter text: at most 64 characters are looked at; nil for anything that is not a rendering of 128 bits.
    package init?(parsing text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let bytes = Array(text.utf8)
        let digits = bytes[(bytes.lastIndex(of: UInt8(ascii: "_")).map { $0 + 1 } ?? 0)...]
        switch digits.count {
        case 36: self.init(uuid: Array(digits))
        case 34 where digits.starts(with: "SM".utf8) || digits.starts(with: "CA".utf8):
            self.init(hex: digits.dropFirst(2))
        case 32: self.init(hex: digits)
        case 26: self.init(crockford: digits)
        default: return nil
        }
    }

    private init?(uuid bytes: [UInt8]) {
        let dashes = [8, 13, 18, 23]
        guard dashes.allSatisfy({ bytes[$0] == UInt8(ascii: "-") }) else { return nil }
        self.init(hex: bytes.enumerated().filter { !dashes.contains($0.offset) }.map(\.element)[...])
    }

    private init?(hex digits: ArraySlice<UInt8>) {
        guard digits.count == 32 else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            high = high << 4 | low >> 60
            low = low << 4 | UInt64(value)
        }
        self.init(high: high, low: low)
    }

    private init?(crockford digits: ArraySlice<UInt8>) {
        var (high, low): (UInt64, UInt64) = (0, 0)
        for (index, digit) in digits.enumerated() {
            guard let value = Self.crockfordValue(digit), index > 0 || value < 8 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | value
        }
        self.init(high: high, low: low)
    }

    /// The value of a digit in either case; `i` and `l` read as one and `o` as zero, as Crockford asks.
    private static func crockfordValue(_ digit: UInt8) -> UInt64? {
        // Setting a bit makes small letters of large ones, and digits of some control characters.
        guard digit >= UInt8(ascii: "0") else { return nil }
        switch digit | 0x20 {
        case UInt8(ascii: "o"): return 0
        case UInt8(ascii: "i"), UInt8(ascii: "l"): return 1
        case let letter:
            let wanted = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) ? digit : letter
            return crockford.firstIndex(of: wanted).map(UInt64.init)
        }
    }
}
