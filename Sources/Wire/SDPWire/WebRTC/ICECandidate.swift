/// An address where a side may be reached (RFC 8839 section 5.1).
package struct ICECandidate: Sendable, Hashable {
    /// What carries packets.
    package enum Transport: String, Sendable {
        /// Datagrams.
        case udp
        /// A stream (RFC 6544).
        case tcp
    }

    /// Who opens the connection of a candidate over TCP (RFC 6544 section 4.5).
    package enum TCPType: String, Sendable {
        /// The describer.
        case active
        /// The other side.
        case passive
        /// Both.
        case simultaneous = "so"
    }

    /// How the address is known.
    package enum Kind: String, Sendable {
        /// It is of the describer's own interface.
        case host
        /// A server saw it.
        case serverReflexive = "srflx"
        /// The peer saw it.
        case peerReflexive = "prflx"
        /// A relay lends it.
        case relayed = "relay"
    }

    /// The same for candidates of one kind, address and server.
    package let foundation: String
    /// 1, since RTCP shares the way of RTP.
    package let component: Int
    /// What carries packets.
    package let transport: Transport
    /// The greater the better.
    package let priority: UInt32
    /// An address, or a name that only the describer's network knows.
    package let address: String
    /// The port there.
    package let port: Int
    /// How the address is known.
    package let kind: Kind
    /// Who connects; of TCP only.
    package let tcpType: TCPType?

    /// The longest line that is read.
    static let longest = 512

    /// The preference of a connection that the other side opens, below that of every datagram (RFC 6544 section 4.2).
    package static let passivePreference: UInt16 = 4 << 13 | 0x1FFF

    /// Makes a candidate of ours: one of RTP, which has the only component.
    ///
    /// - Parameter preference: among candidates of the same kind; the greater the better (RFC 8445 section 5.1.2.1).
    package init(
        foundation: String,
        transport: Transport = .udp,
        preference: UInt16 = .max,
        address: String,
        port: Int,
        tcpType: TCPType? = nil
    ) {
        self.foundation = foundation
        component = 1
        self.transport = transport
        priority = 126 << 24 | UInt32(preference) << 8 | 255
        self.address = address
        self.port = port
        kind = .host
        self.tcpType = tcpType
    }

    /// Reads what follows `a=candidate:`. Total; nil for what we could not use. Extensions are passed over.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        let words = text.split(separator: " ")
        guard words.count >= 8, (1...32).contains(words[0].utf8.count), let component = Int(words[1]),
            (1...256).contains(component), let transport = Transport(rawValue: words[2].lowercased()),
            let priority = UInt32(words[3]), let port = Int(words[5]), (0...65_535).contains(port), words[6] == "typ",
            let kind = Kind(rawValue: String(words[7]))
        else { return nil }
        foundation = String(words[0])
        self.component = component
        self.transport = transport
        self.priority = priority
        address = String(words[4])
        self.port = port
        self.kind = kind
        let extensions = stride(from: 8, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
        tcpType = extensions.first { $0.0 == "tcptype" }.flatMap { TCPType(rawValue: String($0.1)) }
        guard (transport == .tcp) == (tcpType != nil) else { return nil }
    }

    /// What follows `a=candidate:`.
    package var text: String {
        let line =
            "\(foundation) \(component) \(transport.rawValue) \(priority) \(address) \(port) typ \(kind.rawValue)"
        return tcpType.map { "\(line) tcptype \($0.rawValue)" } ?? line
    }
}
