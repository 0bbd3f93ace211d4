/// A SIP or SIPS URI (RFC 3261 section 19.1).
package struct SIPURI: Sendable, Hashable {
    /// `sip` or `sips`.
    package var scheme: String
    /// The user part as it is escaped; nil when there is none.
    package var user: String?
    /// A host name or address; IPv6 in brackets.
    package var host: String
    /// The port, when it is named.
    package var port: Int?
    /// `transport`, `lr`, `user`, …
    package var parameters: SIPParameters
    /// What follows `?`, as it came.
    package var headers: String?

    /// Makes a URI.
    package init(
        scheme: String = "sip",
        user: String? = nil,
        host: String,
        port: Int? = nil,
        parameters: SIPParameters = SIPParameters(),
        headers: String? = nil
    ) {
        self.scheme = scheme
        self.user = user
        self.host = host
        self.port = port
        self.parameters = parameters
        self.headers = headers
    }

    /// Reads a URI; nil for another scheme or a malformed one.
    package init?(_ source: some StringProtocol) {
        let text = Substring(source)
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = text[..<colon].lowercased()
        guard scheme == "sip" || scheme == "sips" else { return nil }
        var rest = text[bytes.index(after: colon)...]
        guard
            !rest.utf8.contains(where: {
                $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">")
            })
        else {
            return nil
        }
        var user: String?
        if let at = rest.utf8.lastIndex(of: UInt8(ascii: "@")) {
            user = String(rest[..<at])
            rest = rest[rest.utf8.index(after: at)...]
            if user?.isEmpty == true { return nil }
        }
        var headers: String?
        if let question = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            headers = String(rest[rest.utf8.index(after: question)...])
            rest = rest[..<question]
        }
        var parameters = SIPParameters()
        if let semicolon = rest.utf8.firstIndex(of: UInt8(ascii: ";")) {
            // `%6C%72` is `lr` (section 19.1.4), and whoever asks for `lr` must find it.
            parameters = SIPParameters(parsing: SIPText.normalized(String(rest[rest.utf8.index(after: semicolon)...])))
            rest = rest[..<semicolon]
        }
        guard let (host, port) = Self.hostPort(rest) else { return nil }
        self.init(scheme: scheme, user: user, host: host, port: port, parameters: parameters, headers: headers)
    }

    /// Whether text is a URI of a scheme that is not ours, so that whoever uses it may be told so.
    static func hasForeignScheme(_ text: Substring) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), text.utf8.index(after: colon) < text.endIndex
        else { return false }
        let scheme = text[..<colon].lowercased()
        guard let first = scheme.utf8.first, (0x61...0x7A).contains(first), scheme != "sip", scheme != "sips" else {
            return false
        }
        return scheme.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "+-.".utf8.contains($0)
        }
    }

    /// The user part with its escapes resolved, for people and for looking up; nil when there is none.
    package var unescapedUser: String? { user.map { SIPText.unescaped($0) } }

    /// The URI as it is sent.
    package var text: String {
        var text = scheme + ":"
        if let user { text += user + "@" }
        text += host
        if let port { text += ":\(port)" }
        text += parameters.text
        if let headers { text += "?" + headers }
        return text
    }

    /// Reads `host`, `host:port` or `[v6]:port`.
    static func hostPort(_ text: some StringProtocol) -> (host: String, port: Int?)? {
        let bytes = text.utf8
        var hostEnd = bytes.endIndex
        if bytes.first == UInt8(ascii: "[") {
            guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            hostEnd = bytes.index(after: bracket)
            let isAddress = text[bytes.index(after: bytes.startIndex)..<bracket].utf8.allSatisfy {
                (0x30...0x3A).contains($0) || (0x61...0x66).contains($0 | 0x20) || $0 == UInt8(ascii: ".")
            }
            guard isAddress else { return nil }
        } else {
            if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) { hostEnd = colon }
            let isName = text[..<hostEnd].utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
            guard isName else { return nil }
        }
        let host = String(text[..<hostEnd])
        guard !host.isEmpty else { return nil }
        guard hostEnd < bytes.endIndex else { return (host, nil) }
        guard bytes[hostEnd] == UInt8(ascii: ":") else { return nil }
        let digits = text[bytes.index(after: hostEnd)...]
        guard let port = Int(digits), (1...65_535).contains(port), digits.utf8.first != UInt8(ascii: "+") else {
            return nil
        }
        return (host, port)
    }
}
