import Platform
import Server
import Testing

/// How browsers come in, as settings say it.
@Suite struct BrowserSettingTests {
    private static let key = "0123456789abcdef0123456789abcdef"

    private func read(_ environment: [String: String]) throws -> BrowserSettings {
        try ServerConfiguration(SettingsSource(flags: [:], environment: environment)).browsers
    }

    @Test func whatIsSaidHolds() throws {
        let settings = try read([
            "SAUTIKIT_SIP_TOKEN_SIGNING_KEY": Self.key, "SAUTIKIT_SIP_TOKEN_SIGNING_KEY_NEXT": Self.key + "2",
            "SAUTIKIT_SIP_WS_URL": "wss://sip.example.co.ke", "SAUTIKIT_SIP_WS_PER_TOKEN": "3",
            "SAUTIKIT_SIP_WS_ADDRESS": "127.0.0.1:5066", "SAUTIKIT_SIP_WSS_ADDRESS": "0.0.0.0:7443",
            "SAUTIKIT_SIP_WSS_CERTIFICATE_FILE": "/c", "SAUTIKIT_SIP_WSS_KEY_FILE": "/k",
        ])
        #expect(settings.signingKey == Array(Self.key.utf8) && settings.nextSigningKey == Array((Self.key + "2").utf8))
        #expect(settings.url == "wss://sip.example.co.ke" && settings.connectionsPerToken == 3)
        #expect(try read([:]).signingKey == nil)
    }

    @Test(arguments: [
        (["SAUTIKIT_SIP_TOKEN_SIGNING_KEY": "short"], "openssl rand -hex 32"),
        (["SAUTIKIT_SIP_TOKEN_SIGNING_KEY_NEXT": "0123456789abcdef0123456789abcde"], "at least 32 bytes"),
        (["SAUTIKIT_SIP_WS_ADDRESS": "0.0.0.0:5066"], "SAUTIKIT_SIP_WSS_ADDRESS"),
        (["SAUTIKIT_SIP_WS_ADDRESS": "sip.example.co.ke:5066"], "not on loopback"),
        (["SAUTIKIT_SIP_WSS_ADDRESS": "0.0.0.0:7443"], "certificate"),
        (["SAUTIKIT_SIP_WS_URL": "https://sip.example.co.ke"], "wss://"),
    ])
    func whatCannotBeIsRefusedInWords(environment: [String: String], words: String) throws {
        let fault = #expect(throws: SettingFault.self) { try read(environment) }
        #expect(fault.map { "\($0)".contains(words) } == true, "\(String(describing: fault))")
        // A key is a secret, also a wrong one.
        #expect(fault.map { "\($0)".contains("short") } != true)
    }
}
