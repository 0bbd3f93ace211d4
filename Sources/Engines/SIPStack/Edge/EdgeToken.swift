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
    /// Digits of a signature that are kept: 128 bits.
    private static let signatureLength = 32

    /// Whom a request goes to.
    package let heading: Heading
    /// The device's connection: letters, digits and hyphens.
    package let flow: String
    /// The node that has the call, by TCP.
    package let node: SIPPlace

    /// Makes a token.
    package init(heading: Heading, flow: String, node: SIPPlace) {
        self.heading = heading
        self.flow = flow
        self.node = SIPPlace(address: node.address, port: node.port, transport: .tcp)
    }

    /// Reads the user of a URI; nil for whatever no node has signed.
    init?(_ user: String, _ sign: (String) -> String) {
        guard user.hasPrefix(Self.prefix), let dot = user.lastIndex(of: ".") else { return nil }
        let signed = String(user[..<dot])
        guard Self.isEqual(user[user.index(after: dot)...], Self.signature(of: signed, sign)) else { return nil }
        let parts = signed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 5, let heading = Heading(rawValue: String(parts[1])), let port = Int(parts[3]),
            let address = Self.text(hex: parts[4])
        else { return nil }
        self.init(
            heading: heading,
            flow: String(parts[2]),
            node: SIPPlace(address: address, port: port, transport: .tcp)
        )
    }

    /// The user of a URI.
    func text(_ sign: (String) -> String) -> String {
        let signed = "\(Self.prefix)\(heading.rawValue).\(flow).\(node.port).\(Self.hex(node.address))"
        return "\(signed).\(Self.signature(of: signed, sign))"
    }

    /// The proxy at the device's node, which has this token.
    ///
    /// - Parameters:
    ///   - place: where that node is.
    ///   - sign: see `EdgeGate.sign`.
    package func route(at place: SIPPlace, _ sign: (String) -> String) -> NameAddress {
        let host = place.address.contains(":") ? "[\(place.address)]" : place.address
        let parameters = SIPParameters([("transport", "tcp"), ("lr", nil)])
        return NameAddress(uri: SIPURI(user: text(sign), host: host, port: place.port, parameters: parameters))
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
