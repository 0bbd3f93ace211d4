import Testing

/// A row of the matrix: a kind of telephone, and the way that it speaks to us.
struct TelephoneLine: Sendable, CustomTestStringConvertible {
    let kind: TelephoneKind
    let transport: String
    let law: String
    /// Whether Kamailio stands in front of the server.
    let isProxied: Bool

    init(_ kind: TelephoneKind, _ transport: String, _ law: String, isProxied: Bool = false) {
        self.kind = kind
        self.transport = transport
        self.law = law
        self.isProxied = isProxied
    }

    var testDescription: String {
        "\(kind.name) by \(transport) with \(law)" + (isProxied ? " through Kamailio" : "")
    }

    /// Each kind by each transport, and with both laws.
    static let all = [
        Self(.baresip, "udp", "PCMA"), Self(.baresip, "tcp", "PCMU"), Self(.baresip, "tls", "PCMA"),
        Self(.linphone, "udp", "PCMU"), Self(.linphone, "tcp", "PCMA"), Self(.linphone, "tls", "PCMU"),
        Self(.baresip, "udp", "PCMU", isProxied: true), Self(.linphone, "udp", "PCMA", isProxied: true),
    ]

    /// Each kind by UDP, with the proxy and without.
    static let overDatagrams = all.filter { $0.transport == "udp" }
}
