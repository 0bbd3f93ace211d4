/// Base64 (RFC 4648 section 4), as keys are written.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8?] = {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << (16 - 8 * $1.offset) }
            for place in 0..<4 {
                let isPadding = place > group.count
                text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(word >> (18 - 6 * place) & 63)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for what is no base64. Padding may be left out, but must be right where it stands.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let letters = Array(text.utf8)
        let digits = letters.prefix { $0 != UInt8(ascii: "=") }
        let padding = letters.count - digits.count
        guard letters.dropFirst(digits.count).allSatisfy({ $0 == UInt8(ascii: "=") }) else { return nil }
        guard digits.count % 4 != 1, padding == 0 || padding == (4 - digits.count % 4) % 4 else { return nil }
        var bytes: [UInt8] = []
        var (word, bits) = (UInt32(0), 0)
        for letter in digits {
            guard let value = values[Int(letter)] else { return nil }
            word = word << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: word >> bits))
        }
        return bytes
    }
}
