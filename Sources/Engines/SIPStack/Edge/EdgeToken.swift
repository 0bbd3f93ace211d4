package import SIPWire

/// Names a device's connection and the node that has a call with it, as the user of a `Route`: the flow token of an edge proxy
/// (RFC 5626 section 5.2), which also says where the device's own requests go. It is signed, so nobody but a node can make one, and
/// nobody can be sent elsewhere by changing it.
package struct EdgeToken: Sendable, Equatable {
    /// Whom a request goes to that has the token in its topmost `Route`.
    package enum Heading: String, Sendable {
        /// The device.
        case device = "d"
        /// The node that has the call.
        case node = "n"

        var opposite: Heading { self == .device ? .node : .device }
    }

    static let prefix = "edge."
    /// Digits of a signature that are kept: 80 bits, as RFC 5626 section 5.2 has it, since tokens stand in datagrams.
    private static let signatureLength = 20

    /// Whom a request goes to.
    package let heading: Heading
    /// The device's connection: letters, digits and hyphens.
    package let flow: String
    /// The node that has the call: by UDP for a device on UDP, so that what is lost is sent again from end to end.
    package let node: SIPPlace

    /// Makes a token.
    package init(heading: Heading, flow: String, node: SIPPlace) {
        self.heading = heading
        self.flow = flow
        self.node = node
    }

    /// Reads the user of a URI; nil for whatever no node has signed.
    init?(_ user: String, _ sign: (String) -> String) {
        guard user.hasPrefix(Self.prefix), let dot = user.lastIndex(of: ".") else { return nil }
        let signed = String(user[..<dot])
        guard Self.isEqual(user[user.index(after: dot)...], Self.signature(of: signed, sign)) else { return nil }
        let parts = signed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 6, let heading = Heading(rawValue: String(parts[1])), let port = Int(parts[4]),
            let transport = SIPTransport(rawValue: parts[3].uppercased()), let address = Self.text(hex: parts[5])
        else { return nil }
        self.init(
            heading: heading,
            flow: String(parts[2]),
            node: SIPPlace(address: address, port: port, transport: transport)
        )
    }

    /// The user of a URI.
    func text(_ sign: (String) -> String) -> String {
        let way = "\(node.transport.parameter).\(node.port).\(Self.hex(node.address))"
        let signed = "\(Self.prefix)\(heading.rawValue).\(flow).\(way)"
        return "\(signed).\(Self.signature(of: signed, sign))"
    }

    /// The proxy at the device's node, which has this token.
    ///
    /// - Parameters:
    ///   - place: where that node is.
    ///   - sign: see `EdgeGate.sign`.
    package func route(at place: SIPPlace, _ sign: (String) -> String) -> NameAddress {
        let parameters = SIPParameters([("transport", node.transport.parameter), ("lr", nil)])
        return NameAddress(
            uri: SIPURI(user: text(sign), host: place.host, port: place.port, parameters: parameters)
        )
    }

    /// The same connection and node, for the other way.
    func turned() -> EdgeToken { EdgeToken(heading: heading.opposite, flow: flow, node: node) }

    static func signature(of text: String, _ sign: (String) -> String) -> String {
        String(sign("sip:" + text).prefix(signatureLength))
    }

    /// Whether two signatures are equal, in a time that does not tell where they differ.
    static func isEqual(_ one: some StringProtocol, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        return zip(one.utf8, other.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func hex(_ text: String) -> String {
        text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func text(hex: Substring) -> String? {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
        }
        guard bytes.count * 2 == digits.count else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
