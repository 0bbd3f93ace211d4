extension SIPURI {
    /// A header that a request to this URI is to have (RFC 3261 section 19.1.1), unescaped; nil when it is not named or not
    /// text.
    package func header(_ name: SIPHeaderName) -> String? {
        for field in (headers ?? "").split(separator: "&") {
            guard let equals = field.firstIndex(of: "="), SIPHeaderName(String(field[..<equals])) == name else {
                continue
            }
            return Self.unescaped(field[field.index(after: equals)...])
        }
        return nil
    }

    /// Adds a header, escaped.
    package mutating func addHeader(_ name: SIPHeaderName, _ value: String) {
        headers = (headers.map { $0 + "&" } ?? "") + name.text + "=" + Self.escaped(value)
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isPlain || "-_.!~*'()[]/:+$".utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Control characters would become header fields of their own: they are not text.
    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let pair = String(decoding: rest.prefix(2), as: UTF8.self)
            guard pair.utf8.count == 2, pair.first != "+", let escaped = UInt8(pair, radix: 16) else { return nil }
            bytes.append(escaped)
            rest = rest.dropFirst(2)
        }
        guard SIPText.isText(bytes) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
