import Testing

/// A row of the matrix: a kind of telephone, and the way that it speaks to us.
struct TelephoneLine: Sendable, CustomTestStringConvertible {
    let kind: TelephoneKind
    let transport: String
    let law: String
    /// How Kamailio in front of the server speaks to it; nil when nothing stands there.
    let proxyTransport: String?
    /// How its sound must be encrypted; nil for plain sound.
    let encryption: SoundEncryption?

    init(
        _ kind: TelephoneKind,
        _ transport: String,
        _ law: String,
        proxiedBy proxyTransport: String? = nil,
        encryption: SoundEncryption? = nil
    ) {
        self.kind = kind
        self.transport = transport
        self.law = law
        self.proxyTransport = proxyTransport
        self.encryption = encryption
    }

    var testDescription: String {
        "\(kind.name) by \(transport) with \(law)" + (encryption.map { " by SRTP with \($0.rawValue)" } ?? "")
            + (proxyTransport.map { " through Kamailio by \($0)" } ?? "")
    }

    /// Each kind by each transport, with both laws, encrypted, and through a proxy.
    static let all = [
        Self(.baresip, "udp", "PCMA"), Self(.baresip, "tcp", "PCMU"), Self(.baresip, "tls", "PCMA"),
        Self(.linphone, "udp", "PCMU"), Self(.linphone, "tcp", "PCMA"), Self(.linphone, "tls", "PCMU"),
        Self(.baresip, "tls", "PCMU", encryption: .sdes), Self(.linphone, "tls", "PCMA", encryption: .sdes),
        Self(.baresip, "udp", "PCMU", proxiedBy: "udp"), Self(.linphone, "udp", "PCMA", proxiedBy: "udp"),
        Self(.baresip, "tls", "PCMA", proxiedBy: "tcp"), Self(.linphone, "tls", "PCMU", proxiedBy: "tls"),
        Self(.linphone, "tls", "PCMA", proxiedBy: "tls", encryption: .sdes),
    ]

    /// Those that call us: whom we call we offer no handshake.
    static let calling = all + [Self(.baresip, "udp", "PCMA", encryption: .dtls)]

    /// Each kind by UDP, with the proxy and without.
    static let overDatagrams = all.filter { $0.transport == "udp" }

    /// Those that can connect two whom they speak with.
    static let attending = all.filter {
        $0.kind.words.connect != nil && ($0.transport == "udp" || $0.encryption != nil)
    }
}
