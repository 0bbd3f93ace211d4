/// A service that a host may have, as it is asked for by SRV (RFC 3263 section 4.2).
struct ServiceQuestion: Sendable, Hashable {
    let transport: SIPTransport

    /// What stands before the host's name.
    var prefix: String {
        switch transport {
        case .udp: "_sip._udp."
        case .tcp: "_sip._tcp."
        case .tls: "_sips._tcp."
        // Nobody is reached by these, so they are never asked for.
        case .ws: "_ws._tcp."
        case .wss: "_wss._tcp."
        }
    }

    /// What is asked about a target, in this order: the transport that was named, or those that may be used (section 4.1, without
    /// NAPTR). A secure request goes by TLS alone.
    static func questions(about target: SIPTarget) -> [ServiceQuestion] {
        if let named = target.transport { return [ServiceQuestion(transport: named)] }
        return [ServiceQuestion(transport: .udp), ServiceQuestion(transport: .tcp)]
    }
}
