import Primitives

extension SIPAddress {
    /// Commas, semicolons and question marks are right in a user part (RFC 3261 section 25.1), and are refused: others may read
    /// them as the end of it.
    private static let plain = ASCIISet(ASCIISet.alphanumerics + "-_.!~*'()&=+$/")
    private static let hex = ASCIISet("0123456789ABCDEFabcdef")
    private static let name = ASCIISet(ASCIISet.alphanumerics + ".-")
    private static let digits = ASCIISet(ASCIISet.digits)

    /// Reads a URI. The schema of voice actions has most of it as a pattern.
    ///
    /// - Throws: `SIPAddressFault`.
    package init(parsing text: String) throws(SIPAddressFault) {
        guard text.utf8.count <= Self.longest else { throw .unreadable }
        var bytes = text.utf8[...]
        guard WebURL.drop("sip", from: &bytes) else { throw .unreadable }
        let isSecure = WebURL.drop("s", from: &bytes)
        guard WebURL.drop(":", from: &bytes) else { throw .unreadable }
        if bytes.contains(UInt8(ascii: "?")) { throw .headers }
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { throw .unreadable }
        let user = bytes[..<at]
        let rest = bytes[bytes.index(after: at)...]
        let authority = rest.prefix { $0 != UInt8(ascii: ";") }
        guard Self.isUser(user), let (host, port) = Self.hostPort(authority) else { throw .unreadable }
        let transport = try Self.transport(rest[authority.endIndex...])
        if isSecure, transport == .udp { throw .transport }
        (self.text, self.user, self.host) = (text, String(Substring(user)), host)
        (self.isSecure, namedPort, namedTransport) = (isSecure, port, transport)
    }

    private static func isUser(_ bytes: Substring.UTF8View) -> Bool {
        var rest = bytes
        while let byte = rest.popFirst() {
            if plain.contains(byte) { continue }
            guard byte == UInt8(ascii: "%"), let high = rest.popFirst(), let low = rest.popFirst() else { return false }
            let pair = String(decoding: [high, low], as: UTF8.self)
            // What is escaped is text, too: no control character hides in it.
            guard hex.contains(high), hex.contains(low), let value = UInt8(pair, radix: 16) else { return false }
            if value < 0x20 || value == 0x7F { return false }
        }
        return !bytes.isEmpty
    }

    /// Reads `host`, `host:port` or `[v6]:port`.
    static func hostPort(_ bytes: Substring.UTF8View) -> (host: String, port: Int?)? {
        let host: String
        var rest = bytes
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let inside = String(Substring(bytes[bytes.index(after: bytes.startIndex)..<end]))
            guard inside.contains(":"), let address = IPAddress(parsing: inside) else { return nil }
            host = address.description
            rest = bytes[bytes.index(after: end)...]
        } else {
            let found = bytes.prefix(while: name.contains)
            guard let first = found.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else { return nil }
            host = Substring(found).lowercased()
            rest = bytes[found.endIndex...]
        }
        guard let colon = rest.first else { return (host, nil) }
        guard colon == UInt8(ascii: ":"), let port = port(rest.dropFirst()) else { return nil }
        return (host, port)
    }

    /// Reads a port, 1 to 65,535.
    static func port(_ bytes: Substring.UTF8View) -> Int? {
        guard (1...5).contains(bytes.count), bytes.first != UInt8(ascii: "0"), bytes.allSatisfy(digits.contains),
            let port = Int(Substring(bytes)), port <= 65_535
        else { return nil }
        return port
    }

    private static func transport(_ bytes: Substring.UTF8View) throws(SIPAddressFault) -> TrunkTransport? {
        guard !bytes.isEmpty else { return nil }
        let text = Substring(bytes.dropFirst()).lowercased()
        guard text.hasPrefix("transport="), !text.contains(";") else { throw .parameter }
        guard let transport = TrunkTransport(rawValue: String(text.dropFirst("transport=".count))) else {
            throw .transport
        }
        return transport
    }
}
