import Crypto
import Platform
import Primitives
package import SIPStack

/// How browsers come in: what signs their tokens, and where they connect.
package struct BrowserSettings: Sendable {
    /// What signs and verifies tokens; read from the data folder, or made there, when nil.
    package var signingKey: [UInt8]?
    /// What verifies tokens only.
    package var nextSigningKey: [UInt8]?
    /// What browsers are told to connect to; made of the bound address when nil.
    package var url: String?
    /// Where SIP over WebSocket is taken, and how much of it.
    package var sockets = SIPWebSocketSettings()
    /// The TCP port for sound where no datagram gets through; 0 picks a free one, nil has none.
    package var tcpPort: Int?
    /// Connections with one token. Default 10.
    package var connectionsPerToken = 10

    /// Makes the default settings.
    package init() {}

    /// Where a sandbox takes browsers when nobody has said: any free port, unless SIP has its standard one.
    package mutating func openInSandbox(beside sip: HostPort) {
        tcpPort = tcpPort ?? 0
        guard sockets.plain == nil, sockets.secure == nil else { return }
        sockets.plain = SIPWebSocketSettings.Address(host: "127.0.0.1", port: sip.port == 5060 ? 5066 : 0)
    }

    mutating func read(_ source: SettingsSource, tls: SIPTLSSettings.Listener?) throws(SettingFault) {
        signingKey = try Self.key(.sipTokenSigningKey, source)
        nextSigningKey = try Self.key(.sipTokenSigningKeyNext, source)
        sockets.plain = try Self.plain(source)
        sockets.secure = try Self.secure(source, tls: tls)
        url = try Self.url(source)
        tcpPort = try ServerConfiguration.count(.iceTCPPort, 0...65_535, source)
        if let count = try ServerConfiguration.count(.sipWebSocketsPerToken, 1...1_000_000, source) {
            connectionsPerToken = count
        }
        if let count = try ServerConfiguration.count(.sipWebSocketsPerAddress, 1...1_000_000, source) {
            sockets.connectionsPerAddress = count
        }
    }

    private static func key(_ setting: Setting, _ source: SettingsSource) throws(SettingFault) -> [UInt8]? {
        guard let text = source[setting] else { return nil }
        guard text.utf8.count >= SIPTokenKeys.shortestKey else {
            throw ServerConfiguration.fault(
                setting,
                "must have at least \(SIPTokenKeys.shortestKey) bytes: openssl rand -hex 32 makes some"
            )
        }
        return [UInt8](text.utf8)
    }

    /// Tokens travel in the handshake, so what everybody can read must not leave the machine.
    private static func plain(_ source: SettingsSource) throws(SettingFault) -> SIPWebSocketSettings.Address? {
        guard let address = try ServerConfiguration.address(.sipWebSocketAddress, source) else { return nil }
        guard address.host == "localhost" || IPAddress(parsing: address.host).map(isLoopback) == true else {
            throw ServerConfiguration.fault(
                .sipWebSocketAddress,
                "'\(address)' is not on loopback; give browsers elsewhere \(Setting.sipSecureWebSocketAddress.environmentName)"
            )
        }
        return SIPWebSocketSettings.Address(host: address.host, port: address.port)
    }

    private static func isLoopback(_ address: IPAddress) -> Bool {
        ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork(parsing: $0) }.contains { $0.contains(address) }
    }

    private static func secure(
        _ source: SettingsSource,
        tls: SIPTLSSettings.Listener?
    ) throws(SettingFault) -> SIPTLSSettings.Listener? {
        guard let address = try ServerConfiguration.address(.sipSecureWebSocketAddress, source) else { return nil }
        let certificate = source[.sipSecureWebSocketCertificate] ?? tls?.certificateFile
        let key = source[.sipSecureWebSocketKey] ?? tls?.keyFile
        guard let certificate, let key else {
            let missing: Setting = certificate == nil ? .sipSecureWebSocketCertificate : .sipSecureWebSocketKey
            throw ServerConfiguration.fault(missing, "browsers' connections need a certificate and its key")
        }
        return SIPTLSSettings.Listener(
            host: address.host,
            port: address.port,
            certificateFile: certificate,
            keyFile: key
        )
    }

    private static func url(_ source: SettingsSource) throws(SettingFault) -> String? {
        guard let text = source[.sipWebSocketURL] else { return nil }
        guard text.hasPrefix("wss://") || text.hasPrefix("ws://"), !text.contains("#") else {
            throw ServerConfiguration.fault(
                .sipWebSocketURL,
                "'\(text)' is not a URL such as wss://sip.example.co.ke:7443"
            )
        }
        return text
    }

    /// The keys that tokens are signed and read with.
    ///
    /// - Parameter files: where keys are kept that nobody has set.
    /// - Throws: `StorageFault`.
    func keys(_ files: SIPTokenKeyFiles) throws(StorageFault) -> SIPTokenKeys {
        if keepsKeysInFiles {
            let kept = try files.readOrMake()
            return SIPTokenKeys(active: kept.active, next: kept.next)
        }
        let active = if let signingKey { SymmetricKey(data: signingKey) } else { try files.readOrMake().active }
        return SIPTokenKeys(active: active, next: nextSigningKey.map { SymmetricKey(data: $0) })
    }

    /// Whether no setting holds a key, so that they can be changed while the server runs.
    var keepsKeysInFiles: Bool { signingKey == nil && nextSigningKey == nil }
}
