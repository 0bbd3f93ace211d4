/// One hop of a message's way (RFC 3261 section 20.42).
package struct Via: Sendable, Hashable {
    /// `UDP`, `TCP`, …, upper case.
    package var transport: String
    /// Where the hop says it is.
    package var host: String
    /// Its port, when it is named.
    package var port: Int?
    /// `branch`, `received`, `rport`, …
    package var parameters: SIPParameters

    /// Makes a hop.
    package init(transport: String, host: String, port: Int?, parameters: SIPParameters) {
        self.transport = transport
        self.host = host
        self.port = port
        self.parameters = parameters
    }

    /// Reads `SIP/2.0/UDP host:port;branch=…`; white space around the slashes is tolerated.
    package init?(_ text: some StringProtocol) {
        guard let (via, version) = Self.read(text), version == "2.0" else { return nil }
        self = via
    }

    /// Reads a hop of any version: one that speaks another is answered too, that it be told so.
    static func read(_ text: some StringProtocol) -> (via: Via, version: Substring)? {
        let whole = String(text)
        let semicolon = whole.utf8.firstIndex(of: UInt8(ascii: ";")) ?? whole.endIndex
        let head = whole[..<semicolon]
        let slashes = head.utf8.indices.filter { head.utf8[$0] == UInt8(ascii: "/") }
        guard slashes.count == 2 else { return nil }
        let name = SIPText.trimmed(head[..<slashes[0]])
        let version = SIPText.trimmed(head[head.utf8.index(after: slashes[0])..<slashes[1]])
        guard name.uppercased() == "SIP" else { return nil }
        let rest = SIPText.trimmed(head[head.utf8.index(after: slashes[1])...])
        guard let gap = rest.utf8.firstIndex(where: SIPText.isSpace) else { return nil }
        let transport = rest[..<gap]
        guard SIPText.isToken(transport), let (host, port) = SIPURI.hostPort(SIPText.trimmed(rest[gap...])) else {
            return nil
        }
        let parameters = semicolon < whole.endIndex ? whole[whole.utf8.index(after: semicolon)...] : ""
        let via = Via(
            transport: transport.uppercased(),
            host: host,
            port: port,
            parameters: SIPParameters(parsing: parameters)
        )
        return (via, version)
    }

    /// The transaction's name.
    package var branch: String? { parameters["branch"] }

    /// The hop as it is sent.
    package var text: String {
        "SIP/2.0/\(transport) \(host)\(port.map { ":\($0)" } ?? "")\(parameters.text)"
    }
}
