package import NameService
package import Platform
package import Primitives
package import SIPStack

/// What devices and trunks that come to us may do.
package struct EdgeSettings: Sendable {
    /// What they are challenged with, in this order.
    package var digestSchemes: [DigestScheme] = [.sha256, .md5]
    /// How often a device behind NAT is asked whether it is there.
    package var keepAlive: Duration = .seconds(25)
    /// What one source of requests may do.
    package var sources = SourceGuard.Limits()
    /// What one trunk may do.
    package var trunks = TrunkGuard.Limits()

    /// Who is asked for the hosts of trunks and of SIP URIs; the system's name servers when empty.
    package var nameServers: [NameServer] = []

    /// Where our own proxies are, whose word on the way to devices is taken.
    package var proxies: [IPNetwork] = []

    /// Where other voice nodes reach this one, by TCP; where SIP listens when nil, if that is one address.
    package var place: NodePlace?

    /// How connections are encrypted.
    package var tls = SIPTLSSettings()

    /// Makes the default settings.
    package init() {}

    mutating func read(_ source: SettingsSource) throws(SettingFault) {
        tls.listener = try Self.listener(source)
        tls.trustedCertificatesFile = source[.sipTLSTrustedCertificates]
        proxies = try ServerConfiguration.networks(.sipTrustedProxies, source) ?? []
        nameServers = try Self.nameServers(source)
        place = try Self.place(source)
        digestSchemes = try Self.schemes(source) ?? digestSchemes
        if let seconds = try ServerConfiguration.count(.sipKeepAlive, 5...3600, source) {
            keepAlive = .seconds(seconds)
        }
        if let count = try ServerConfiguration.count(.sipRequestsPerSecond, 1...1_000_000, source) {
            // After a rest as many as in four seconds: the telephones of an office after a power cut.
            (sources.perSecond, sources.burst) = (count, count * 4)
        }
        if let count = try ServerConfiguration.count(.sipTrunkRequestsPerSecond, 1...1_000_000, source) {
            (trunks.perSecond, trunks.burst) = (count, count * 4)
        }
        sources.failures = try ServerConfiguration.count(.sipMaxFailures, 1...1_000_000, source) ?? sources.failures
        if let seconds = try ServerConfiguration.count(.sipBan, 1...604_800, source) { sources.ban = .seconds(seconds) }
        (trunks.failures, trunks.ban) = (sources.failures, sources.ban)
    }

    private static func listener(_ source: SettingsSource) throws(SettingFault) -> SIPTLSSettings.Listener? {
        guard let address = try ServerConfiguration.address(.sipTLSAddress, source) else { return nil }
        guard let certificate = source[.sipTLSCertificate], let key = source[.sipTLSKey] else {
            let missing: Setting = source[.sipTLSCertificate] == nil ? .sipTLSCertificate : .sipTLSKey
            throw ServerConfiguration.fault(missing, "encrypted SIP needs a certificate and its key")
        }
        return SIPTLSSettings.Listener(
            host: address.host,
            port: address.port,
            certificateFile: certificate,
            keyFile: key
        )
    }

    /// No name: a node is one machine, and whoever answers for it must be that one.
    private static func place(_ source: SettingsSource) throws(SettingFault) -> NodePlace? {
        guard let text = source[.sipNodeAddress] else { return nil }
        guard let named = HostPort(parsing: text), named.port > 0, let place = named.place else {
            throw ServerConfiguration.fault(
                .sipNodeAddress,
                "'\(text)' is not an address and port such as 10.0.0.7:5060"
            )
        }
        return place
    }

    private static func nameServers(_ source: SettingsSource) throws(SettingFault) -> [NameServer] {
        guard let text = source[.dnsServers] else { return [] }
        var servers: [NameServer] = []
        for name in text.split(separator: ",").map({ $0.filter { $0 != " " } }) {
            guard let server = NameServer(parsing: name) else {
                throw ServerConfiguration.fault(.dnsServers, "'\(name)' is not an IPv4 address such as 192.0.2.53:5353")
            }
            servers.append(server)
        }
        guard servers.count <= NameServer.most else {
            throw ServerConfiguration.fault(.dnsServers, "names more than \(NameServer.most) servers")
        }
        return servers
    }

    private static func schemes(_ source: SettingsSource) throws(SettingFault) -> [DigestScheme]? {
        guard let text = source[.sipDigestAlgorithms] else { return nil }
        var schemes: [DigestScheme] = []
        for name in text.split(separator: ",").map({ $0.filter { $0 != " " }.uppercased() }) {
            guard let scheme = DigestScheme(rawValue: name), !schemes.contains(scheme) else {
                throw ServerConfiguration.fault(.sipDigestAlgorithms, "'\(name)' is not one of SHA-256, MD5, each once")
            }
            schemes.append(scheme)
        }
        guard !schemes.isEmpty else { throw ServerConfiguration.fault(.sipDigestAlgorithms, "names no algorithm") }
        return schemes
    }
}
