import NameService
import Testing

/// Name servers as settings write them.
@Suite struct NameServerTests {
    @Test func addressesWithAPortAndWithout() throws {
        let plain = try #require(NameServer(parsing: "192.0.2.53"))
        #expect(plain.address == "192.0.2.53" && plain.port == 53)
        #expect(NameServer(parsing: "127.0.0.1:5353")?.port == 5353)
    }

    @Test(arguments: [
        "", ":53", "dns.example", "192.0.2", "192.0.2.53:", "192.0.2.53:0", "192.0.2.53:65536", "192.0.2.53:+5",
        "2001:db8::53", "192.0.2.53:5:3", "192.0.2.53:٥٣",
    ])
    func whatIsNoAddressIsNone(text: String) {
        #expect(NameServer(parsing: text) == nil)
    }
}
