import Foundation
import Logging
import Notifications
import OutboundHTTP
import Platform
import Primitives
import SIPStack

extension ServerConfiguration {
    /// Reads all settings.
    ///
    /// - Throws: `SettingFault` for the first one that cannot be used.
    package init(_ source: SettingsSource) throws(SettingFault) {
        self.init()
        if let folder = source[.dataFolder] { dataFolder = folder }
        databaseURL = try Self.databaseURL(source)
        http = try Self.address(.httpAddress, source) ?? http
        sip = try Self.address(.sipAddress, source) ?? sip
        sipAdvertisedHost = source[.sipAdvertisedHost]
        try edge.read(source)
        try browsers.read(source, tls: edge.tls.listener)
        rtpPorts = try Self.ports(source) ?? rtpPorts
        mediaAddress = try Self.mediaAddress(source)
        mediaThreads = try Self.count(.mediaThreads, 1...64, source) ?? mediaThreads
        if let seconds = try Self.count(.mediaSilenceTimeout, 1...86_400, source) {
            mediaSilenceTimeout = .seconds(seconds)
        }
        trunksFile = source[.trunksFile]
        testCarrierPort = try Self.count(.testCarrierPort, 0...65_535, source) ?? testCarrierPort
        roles = try Self.roles(source) ?? roles
        masterKey = try Self.masterKey(source)
        publicURL = try Self.publicURL(source)
        webhookNetworks = try Self.networks(source)
        requestsPerMinute = try Self.count(.requestsPerMinute, 1...1_000_000_000, source) ?? requestsPerMinute
        pricingRequestsPerMinute =
            try Self.count(.pricingRequestsPerMinute, 1...1_000_000_000, source) ?? pricingRequestsPerMinute
        signInRequestsPerMinute =
            try Self.count(.signInRequestsPerMinute, 1...1_000_000_000, source) ?? signInRequestsPerMinute
        if let name = source[.companyName] { company.name = name }
        (company.address, company.taxNumber) = (source[.companyAddress], source[.companyTaxNumber])
        maxConcurrentCalls = try Self.count(.maxConcurrentCalls, 0...1_000_000, source) ?? maxConcurrentCalls
        inboundToSuspended = try Self.policy(.inboundToSuspended, source) ?? inboundToSuspended
        inboundToEmptyWallet = try Self.policy(.inboundToEmptyWallet, source) ?? inboundToEmptyWallet
        if let seconds = try Self.count(.callbackTimeout, 1...60, source) { callbackTimeout = .seconds(seconds) }
        if let count = try Self.count(.conferenceParticipants, 2...1000, source) { conferenceParticipants = count }
        if let days = try Self.count(.historyRetention, 7...3650, source) { historyRetention = .seconds(days * 86_400) }
        sipDestinations = try Self.sipDestinations(source) ?? sipDestinations
        try streams.read(source)
        customerAuthorities = try Self.authorities(source) ?? customerAuthorities
        trustedProxies = try Self.networks(.trustedProxies, source) ?? []
        mpesaNetworks = try Self.networks(.mpesaNetworks, source) ?? mpesaNetworks
        daraja = try Self.daraja(source)
        smtp = try Self.smtp(source)
        try readSound(source)
        try readStorage(source)
        if let folder = source[.documentationFolder] { documentationFolder = folder }
        if let folder = source[.browserFolder] { browserFolder = folder }
        logLevel = try Self.level(source) ?? logLevel
    }

    static func fault(_ setting: Setting, _ message: String) -> SettingFault {
        SettingFault(setting.environmentName, message)
    }

    private static func databaseURL(_ source: SettingsSource) throws(SettingFault) -> String? {
        guard let text = source[.databaseURL] else { return nil }
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") || text.contains("host=") else {
            throw fault(.databaseURL, "must look like postgres://user@host/name; leave it out for SQLite")
        }
        return text
    }

    static func address(_ setting: Setting, _ source: SettingsSource) throws(SettingFault) -> HostPort? {
        guard let text = source[setting] else { return nil }
        guard let address = HostPort(parsing: text) else {
            throw fault(setting, "'\(text)' is not host:port, such as \(setting.defaultValue ?? "127.0.0.1:0")")
        }
        return address
    }

    private static func ports(_ source: SettingsSource) throws(SettingFault) -> ClosedRange<Int>? {
        guard let text = source[.rtpPorts] else { return nil }
        let ends = text.split(separator: "-").map { Int($0.filter { $0 != " " }) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 1024, last <= 65_535, last > first
        else { throw fault(.rtpPorts, "'\(text)' is not a range of ports from 1024, such as 20000-29999") }
        return first...last
    }

    /// No name: browsers need not look up where packets go (RFC 8839 section 5.1).
    private static func mediaAddress(_ source: SettingsSource) throws(SettingFault) -> String? {
        guard let text = source[.mediaAddress] else { return nil }
        guard let address = IPAddress(parsing: text), address.isIPv4, text != "0.0.0.0" else {
            throw fault(.mediaAddress, "'\(text)' is not an IPv4 address such as 203.0.113.7")
        }
        return text
    }

    static func count(
        _ setting: Setting,
        _ range: ClosedRange<Int>,
        _ source: SettingsSource
    ) throws(SettingFault) -> Int? {
        guard let text = source[setting] else { return nil }
        guard let count = Int(text), range.contains(count) else {
            throw fault(setting, "'\(text)' is not a count from \(range.lowerBound) to \(range.upperBound)")
        }
        return count
    }

    private static func policy(_ setting: Setting, _ source: SettingsSource) throws(SettingFault) -> InboundPolicy? {
        guard let text = source[setting] else { return nil }
        guard let policy = InboundPolicy(rawValue: text) else {
            throw fault(setting, "'\(text)' is not one of accept, reject, busy")
        }
        return policy
    }

    private static func roles(_ source: SettingsSource) throws(SettingFault) -> Set<ServerRole>? {
        guard let text = source[.roles] else { return nil }
        var roles: Set<ServerRole> = []
        for name in text.split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            guard let role = ServerRole(rawValue: name) else {
                throw fault(.roles, "'\(name)' is not one of api, voice, worker")
            }
            roles.insert(role)
        }
        return roles.isEmpty ? nil : roles
    }

    private static func masterKey(_ source: SettingsSource) throws(SettingFault) -> [UInt8]? {
        guard let text = source[.masterKey] else { return nil }
        guard let bytes = [UInt8](hexString: text), bytes.count == MasterKeyFile.byteCount else {
            throw fault(.masterKey, "must be 64 hexadecimal digits: openssl rand -hex 32 makes some")
        }
        return bytes
    }

    private static func publicURL(_ source: SettingsSource) throws(SettingFault) -> String? {
        guard let text = source[.publicURL] else { return nil }
        guard let parts = URLComponents(string: text), parts.scheme == "https" || parts.scheme == "http",
            parts.host?.isEmpty == false, parts.query == nil, parts.fragment == nil
        else { throw fault(.publicURL, "'\(text)' is not a URL such as https://api.example.co.ke") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func networks(_ source: SettingsSource) throws(SettingFault) -> [IPNetwork] {
        guard let text = source[.allowPrivateWebhooks], text.lowercased() != "false" else { return [] }
        if text.lowercased() == "true" { return DestinationPolicy.operatorNetworks }
        return try networks(.allowPrivateWebhooks, source) ?? []
    }

    private static func sipDestinations(_ source: SettingsSource) throws(SettingFault) -> SIPAllowList? {
        guard let text = source[.dialSIPHosts] else { return nil }
        var entries: [SIPAllowEntry] = []
        for name in text.split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) where !name.isEmpty {
            guard let entry = SIPAllowEntry(parsing: name) else {
                let wanted = "a host, *. and a domain, or a network, each with a port or without"
                throw fault(.dialSIPHosts, "'\(name)' is not \(wanted)")
            }
            entries.append(entry)
        }
        return SIPAllowList(entries)
    }

    private static func authorities(_ source: SettingsSource) throws(SettingFault) -> CertificateAuthorities? {
        guard let path = source[.customerTrustedCertificates] else { return nil }
        do {
            return try CertificateAuthorities(file: path)
        } catch {
            throw fault(.customerTrustedCertificates, "\(path): \(error)")
        }
    }

    private static func smtp(_ source: SettingsSource) throws(SettingFault) -> SMTPSettings? {
        guard let text = source[.smtpURL] else { return nil }
        guard var settings = SMTPSettings(url: text) else {
            throw fault(.smtpURL, "must look like smtp://user:password@mail.example.co.ke:587")
        }
        settings.trustedCertificates = source[.smtpTrustedCertificates]
        if let sender = source[.mailSender] {
            do {
                settings.sender = try EmailAddress(parsing: sender, field: "").text
            } catch {
                throw fault(.mailSender, "'\(sender)' is not an address such as no-reply@example.co.ke")
            }
        }
        return settings
    }

    private static func level(_ source: SettingsSource) throws(SettingFault) -> Logger.Level? {
        guard let text = source[.logLevel] else { return nil }
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            throw fault(
                .logLevel,
                "'\(text)' is not one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        return level
    }
}
