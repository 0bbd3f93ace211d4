/// Reads figures out of a text's bytes at a position, without ever going back over what was read.
struct TextScanner {
    private let bytes: [UInt8]
    /// Where reading goes on.
    var position: Int

    init(_ text: String) {
        bytes = Array(text.utf8)
        position = 0
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte at an offset from here; nil outside of the text.
    func byte(_ offset: Int = 0) -> UInt8? {
        bytes.indices.contains(position + offset) ? bytes[position + offset] : nil
    }

    /// Whether a word or a number cannot begin here, since one is going on.
    var isInsideWord: Bool { byte(-1).map(Self.isWordByte) ?? false }

    /// Whether a number that ends here is no part of something longer, such as `3.2.1`, `4x` or `7:30`.
    var isAtNumberEnd: Bool {
        guard let next = byte() else { return true }
        if Self.isWordByte(next) { return false }
        return !(Self.isSeparator(next) && (byte(1).map(Self.isDigit) ?? false))
    }

    /// Text from a position up to here.
    func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    /// Takes these bytes, letters in either case; false when something else is there.
    mutating func take(_ word: String) -> Bool {
        let wanted = Array(word.utf8)
        guard position + wanted.count <= bytes.count else { return false }
        for (index, letter) in wanted.enumerated() where Self.lower(bytes[position + index]) != Self.lower(letter) {
            return false
        }
        position += wanted.count
        return true
    }

    mutating func takeSpaces() {
        while byte() == UInt8(ascii: " ") { position += 1 }
    }

    /// Digits, as many as there are up to a limit; nil for none.
    mutating func takeDigits(atMost limit: Int = 64) -> String? {
        let start = position
        while position - start < limit, let next = byte(), Self.isDigit(next) { position += 1 }
        return position > start ? text(from: start) : nil
    }

    /// A word of ASCII letters; nil for none.
    mutating func takeLetters() -> String? {
        let start = position
        while let next = byte(), Self.isLetter(next) { position += 1 }
        return position > start ? text(from: start) : nil
    }

    /// Everything up to the end of the word that goes on here, at least one byte; `3.2.1` and `7:30x` are one word.
    mutating func takeWord() -> String {
        let start = position
        repeat { position += 1 } while goesOn
        return text(from: start)
    }

    private var goesOn: Bool {
        guard let last = byte(-1), let next = byte() else { return false }
        if Self.isWordByte(last) {
            if Self.isWordByte(next) { return true }
            return Self.isSeparator(next) && Self.isDigit(last) && (byte(1).map(Self.isDigit) ?? false)
        }
        return Self.isSeparator(last) && Self.isDigit(next) && (byte(-2).map(Self.isDigit) ?? false)
    }

    /// `2500`, `2,500`, `2500.50`; nil when there is no digit. A comma counts only before exactly three digits.
    mutating func takeNumber() -> SpokenNumber? {
        guard var digits = takeDigits() else { return nil }
        var isGrouped = false
        while digits.utf8.count <= 3 || isGrouped, hasGroup {
            position += 1
            digits += takeDigits(atMost: 3) ?? ""
            isGrouped = true
        }
        var decimals = ""
        if byte() == UInt8(ascii: "."), byte(1).map(Self.isDigit) ?? false {
            position += 1
            decimals = takeDigits() ?? ""
        }
        return SpokenNumber(digits: digits, decimals: decimals, isGrouped: isGrouped)
    }

    /// The word before a position, in small letters, without what separates them; empty for none.
    func word(before start: Int) -> String {
        var end = start
        while end > 0, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        var begin = end
        while begin > 0, Self.isLetter(bytes[begin - 1]) { begin -= 1 }
        return String(decoding: bytes[begin..<end].map(Self.lower), as: UTF8.self)
    }

    private var hasGroup: Bool {
        guard byte() == UInt8(ascii: ",") else { return false }
        return (1...3).allSatisfy { byte($0).map(Self.isDigit) ?? false } && !(byte(4).map(Self.isDigit) ?? false)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(lower(byte)) }

    /// Letters of other scripts are several bytes, all above ASCII.
    static func isWordByte(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte >= 0x80 }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
