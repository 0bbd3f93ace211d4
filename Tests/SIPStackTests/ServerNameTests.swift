import Testing

@testable import SIPStack

/// Whose name a certificate proves.
@Suite struct ServerNameTests {
    @Test(arguments: [
        ("sip.example.com", ["sip.example.com"]), ("sip.example.com", ["a.test", "SIP.Example.Com."]),
        ("SIP.example.com.", ["sip.example.com"]), ("sip.example.com", ["*.example.com"]), ("localhost", ["localhost"]),
    ])
    func itIsProven(host: String, names: [String]) {
        #expect(ServerName.isProven(host, by: names))
    }

    @Test(arguments: [
        ("sip.example.com", []), ("sip.example.com", ["example.com", "sip.example.com.evil.test", "xsip.example.com"]),
        ("a.sip.example.com", ["*.example.com"]), ("example.com", ["*.example.com"]), ("localhost", ["*", "*."]),
        ("sip.example.com", ["s*.example.com", "*"]),
    ])
    func itIsNotProven(host: String, names: [String]) {
        #expect(!ServerName.isProven(host, by: names))
    }
}
