extension Identifier: CustomStringConvertible {
    /// The UUID form, so that logs and errors show one spelling.
    package var description: String { uuidString }

    /// The UUID form of RFC 9562: `01900000-0000-7000-8000-000000000001`.
    package var uuidString: String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for index in 0..<32 {
            if index == 8 || index == 12 || index == 16 || index == 20 { text.append(UInt8(ascii: "-")) }
            text.append(Self.lowerHex[nibble(index)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// 32 upper-case hexadecimal digits, as in the `SM…` and `CA…` ids of Satas.
    package var hexUpper: String {
        String(decoding: (0..<32).map { Self.upperHex[nibble($0)] }, as: UTF8.self)
    }

    /// The prefix, an underscore and 26 lower-case Crockford base 32 digits: `call_01j00000000000000000000001`.
    package func rendered(prefix: String) -> String {
        var text = Array(prefix.utf8)
        text.reserveCapacity(text.count + 27)
        text.append(UInt8(ascii: "_"))
        // 26 digits of 5 bits are 130: the first holds only the topmost three.
        for index in 0..<26 {
            let shift = 125 - 5 * index
            let bits = shift >= 64 ? high >> (shift - 64) : high << (64 - shift) | low >> shift
            text.append(Self.crockford[Int(bits & 31)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    static let crockford = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let lowerHex = Array("0123456789abcdef".utf8)
    private static let upperHex = Array("0123456789ABCDEF".utf8)

    private func nibble(_ index: Int) -> Int {
        let word = index < 16 ? high : low
        return Int(word >> UInt64(60 - 4 * (index % 16)) & 15)
    }
}
