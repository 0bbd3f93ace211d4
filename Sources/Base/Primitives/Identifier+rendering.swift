extension Identifier: CustomStringConvertible {
    /// The UUID form, so that logs and errors show one spelling.
    package var description: String { uuidString }

    /// The UUID form of RFC 9562: `01900000-0000-7000-8000-000000000001`.
    package var uuidString: String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in hexDigits(of: Self.lowerHex).enumerated() {
            if index == 8 || index == 12 || index == 16 || index == 20 { text.append(UInt8(ascii: "-")) }
            text.append(byte)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// 32 upper-case hexadecimal digits, as in the `SM…` and `CA…` ids of Satas.
    package var hexUpper: String {
        String(decoding: hexDigits(of: Self.upperHex), as: UTF8.self)
    }

    /// The prefix, an underscore and 26 lower-case Crockford base 32 digits: `call_01j00000000000000000000001`.
    package func rendered(prefix: String) -> String {
        var digits = [UInt8](repeating: 0, count: 26)
        var (high, low) = (high, low)
        for index in digits.indices.reversed() {
            digits[index] = Self.crockford[Int(low & 31)]
            low = low >> 5 | high << 59
            high >>= 5
        }
        return prefix + "_" + String(decoding: digits, as: UTF8.self)
    }

    private static let crockford = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let lowerHex = Array("0123456789abcdef".utf8)
    private static let upperHex = Array("0123456789ABCDEF".utf8)

    private func hexDigits(of alphabet: [UInt8]) -> [UInt8] {
        (0..<32).map { index in
            let word = index < 16 ? high : low
            return alphabet[Int(word >> UInt64(60 - 4 * (index % 16)) & 15)]
        }
    }
}
