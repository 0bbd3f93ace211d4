import Database
import Logging
import Notifications
import OutboundHTTP
import Payments
import Platform
import Primitives
import Server
import TestSupport
import Testing
import Voice

@Suite struct ConfigurationTests {
    private func read(_ environment: [String: String], flags: [Setting: String] = [:]) throws -> ServerConfiguration {
        try ServerConfiguration(SettingsSource(flags: flags, environment: environment))
    }

    @Test func nothingAtAllIsEnough() throws {
        let configuration = try read([:])
        #expect(configuration.http == HostPort(host: "127.0.0.1", port: 8080))
        #expect(configuration.sip == HostPort(host: "127.0.0.1", port: 5060))
        #expect(configuration.rtpPorts == 20_000...29_999)
        #expect(configuration.roles == Set(ServerRole.allCases))
        #expect(configuration.database == .sqlite(path: "var/sautikit.sqlite"))
        #expect(configuration.webhookNetworks.isEmpty && configuration.sipDestinations.entries.isEmpty)
    }

    @Test func flagsGoBeforeTheEnvironment() throws {
        let environment = ["SAUTIKIT_HTTP_ADDRESS": "0.0.0.0:80", "SAUTIKIT_DATA_DIR": "/srv/sautikit"]
        let configuration = try read(environment, flags: [.httpAddress: "[::1]:8088"])
        #expect(configuration.http == HostPort(host: "::1", port: 8088))
        #expect(configuration.dataFolder == "/srv/sautikit")
    }

    @Test func everySettingIsRead() throws {
        let configuration = try read([
            "SAUTIKIT_DATABASE_URL": "postgres://sautikit@db/sautikit", "SAUTIKIT_ROLES": "api, worker",
            "SAUTIKIT_RTP_PORTS": "30000-30099", "SAUTIKIT_PUBLIC_URL": "https://api.example.co.ke/",
            "SAUTIKIT_MASTER_KEY": String(repeating: "0f", count: 32), "SAUTIKIT_LOG_LEVEL": "DEBUG",
            "SAUTIKIT_ALLOW_PRIVATE_WEBHOOKS": "10.1.0.0/16, 127.0.0.1", "SAUTIKIT_MEDIA_THREADS": "2",
            "SAUTIKIT_SIP_ADVERTISED_HOST": "41.90.64.1", "SAUTIKIT_MEDIA_SILENCE_TIMEOUT_SECONDS": "20",
            "SAUTIKIT_MEDIA_ADDRESS": "203.0.113.7", "SAUTIKIT_SIP_NODE_ADDRESS": "[fd00::7]:5070",
            "SAUTIKIT_ICE_TCP_PORT": "7443",
            "SAUTIKIT_DIAL_SIP_HOSTS": "pbx.example.com, *.example.net:5070,10.0.0.0/8",
        ])
        #expect(configuration.database == .postgres("postgres://sautikit@db/sautikit"))
        #expect(configuration.roles == [.api, .worker])
        #expect(configuration.rtpPorts == 30_000...30_099)
        #expect(configuration.publicURL == "https://api.example.co.ke")
        #expect(configuration.masterKey == [UInt8](repeating: 15, count: 32))
        #expect(configuration.logLevel == .debug)
        #expect(configuration.webhookNetworks.map(\.description) == ["10.1.0.0/16", "127.0.0.1/32"])
        #expect(configuration.mediaThreads == 2)
        #expect(configuration.mediaSilenceTimeout == .seconds(20))
        #expect(configuration.sipAdvertisedHost == "41.90.64.1" && configuration.mediaAddress == "203.0.113.7")
        #expect(configuration.edge.place == NodePlace(address: "fd00::7", port: 5070))
        #expect(configuration.browsers.tcpPort == 7443)
        let hosts = ["pbx.example.com", "*.example.net:5070", "10.0.0.0/8"].compactMap { SIPAllowEntry(parsing: $0) }
        #expect(configuration.sipDestinations == SIPAllowList(hosts) && hosts.count == 3)
    }

    @Test(arguments: [
        ("SAUTIKIT_HTTP_ADDRESS", "8080"), ("SAUTIKIT_HTTP_ADDRESS", "::1:80"), ("SAUTIKIT_SIP_ADDRESS", "a:99999"),
        ("SAUTIKIT_RTP_PORTS", "30000"), ("SAUTIKIT_RTP_PORTS", "5-9"), ("SAUTIKIT_ROLES", "api,cook"),
        ("SAUTIKIT_MASTER_KEY", "abcd"), ("SAUTIKIT_PUBLIC_URL", "ftp://x"), ("SAUTIKIT_LOG_LEVEL", "loud"),
        ("SAUTIKIT_ALLOW_PRIVATE_WEBHOOKS", "maybe"), ("SAUTIKIT_DATABASE_URL", "mysql://x"),
        ("SAUTIKIT_MEDIA_THREADS", "0"), ("SAUTIKIT_MPESA_NETWORKS", "everywhere"), ("SAUTIKIT_TRUSTED_PROXIES", "x"),
        ("SAUTIKIT_STREAM_CONNECT_TIMEOUT_SECONDS", "0"), ("SAUTIKIT_STREAM_PING_SECONDS", "0"),
        ("SAUTIKIT_STREAM_MAX_QUEUED_SECONDS", "61"), ("SAUTIKIT_STREAM_MAX_MESSAGE_BYTES", "1 MB"),
        ("SAUTIKIT_STREAM_MAX_UNSENT_BYTES", "12"), ("SAUTIKIT_CUSTOMER_CA_FILE", "/there/is/none"),
        ("SAUTIKIT_MEDIA_SILENCE_TIMEOUT_SECONDS", "never"), ("SAUTIKIT_DIAL_SIP_HOSTS", "pbx.example.com;*"),
        ("SAUTIKIT_SIP_NODE_ADDRESS", "node.example.com:5060"), ("SAUTIKIT_SIP_NODE_ADDRESS", "0.0.0.0:5060"),
        ("SAUTIKIT_MEDIA_ADDRESS", "sip.example.com"), ("SAUTIKIT_MEDIA_ADDRESS", "0.0.0.0"),
        ("SAUTIKIT_ICE_TCP_PORT", "65536"), ("SAUTIKIT_MEDIA_ADDRESS", "2001:db8::1"),
    ])
    func aBadSettingIsNamed(_ name: String, _ value: String) throws {
        let fault = try #require(throws: SettingFault.self) { try read([name: value]) }
        #expect(fault.name == name)
    }

    @Test func streamsHaveTheLimitsThatAreSaid() throws {
        let standard = try read([:]).streams
        #expect(standard.stream.connectTimeout == .seconds(10) && standard.stream.maxQueued == .seconds(60))
        #expect(standard.socket.maxMessageBytes == 1_048_576 && standard.socket.maxUnsentBytes == 131_072)
        #expect(standard.socket.pingInterval == .seconds(20) && standard.socket.pongTimeout == .seconds(20))
        let limits = try read([
            "SAUTIKIT_STREAM_CONNECT_TIMEOUT_SECONDS": "3", "SAUTIKIT_STREAM_PING_SECONDS": "7",
            "SAUTIKIT_STREAM_MAX_QUEUED_SECONDS": "5", "SAUTIKIT_STREAM_MAX_MESSAGE_BYTES": "65536",
            "SAUTIKIT_STREAM_MAX_UNSENT_BYTES": "32768",
        ]).streams
        #expect(limits.stream.connectTimeout == .seconds(3) && limits.stream.maxQueued == .seconds(5))
        #expect(limits.socket.pingInterval == .seconds(7) && limits.socket.pongTimeout == .seconds(7))
        #expect(limits.socket.maxMessageBytes == 65_536 && limits.socket.maxFrameBytes == 65_536)
        #expect(limits.socket.maxUnsentBytes == 32_768)
    }

    @Test func everySettingSaysWhatItIsAndWhatIsDocumentedIsTheDefault() throws {
        for setting in Setting.allCases { #expect(!setting.help.isEmpty, "\(setting)") }
        let limits: [(Setting, Int)] = [
            (.streamMaxMessage, SocketSettings().maxMessageBytes), (.streamMaxUnsent, SocketSettings().maxUnsentBytes),
        ]
        for (setting, value) in limits { #expect(setting.defaultValue == "\(value)") }
    }

    @Test func mpesaIsAllOrNothing() throws {
        let all = [
            "SAUTIKIT_MPESA_CONSUMER_KEY": "key", "SAUTIKIT_MPESA_CONSUMER_SECRET": "secret",
            "SAUTIKIT_MPESA_SHORTCODE": "600638", "SAUTIKIT_MPESA_PASSKEY": "passkey",
            "SAUTIKIT_PUBLIC_URL": "https://api.example.co.ke",
        ]
        let settings = try #require(try read(all).daraja)
        #expect(settings.baseURL == "https://api.safaricom.co.ke" && settings.shortCode == "600638")
        #expect(try read(["SAUTIKIT_PUBLIC_URL": "https://api.example.co.ke"]).daraja == nil)
        for name in all.keys {
            var some = all
            some[name] = nil
            let fault = try #require(throws: SettingFault.self) { try read(some) }
            #expect(fault.name == name)
        }
        let networks = try read(["SAUTIKIT_MPESA_NETWORKS": "192.0.2.0/24, 198.51.100.1"]).mpesaNetworks
        #expect(networks.map(\.description) == ["192.0.2.0/24", "198.51.100.1/32"])
        #expect(try read([:]).mpesaNetworks.count == 14)
    }

    @Test func aSecretIsNotRepeated() throws {
        let fault = try #require(throws: SettingFault.self) { try read(["SAUTIKIT_MASTER_KEY": "siri-kubwa"]) }
        #expect(!fault.description.contains("siri-kubwa"))
    }
}
