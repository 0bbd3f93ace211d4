import OutboundHTTP
import Primitives
import Testing

@Suite struct DestinationPolicyTests {
    let policy = DestinationPolicy()

    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1",
        "127.255.0.9", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1",
        "198.18.0.1", "198.19.255.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::7f00:1", "64:ff9b::7f00:1",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2001:1::1", "2002:7f00:1::", "3fff::1", "fc00::1",
        "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "5f00::1", "4000::1",
    ])
    func refusesWhatIsNotPublic(_ text: String) throws {
        let address = try #require(IPAddress(parsing: text))
        #expect(throws: DestinationRefusal.self) { try policy.check(address) }
    }

    @Test(arguments: [
        "8.8.8.8", "41.90.64.1", "102.0.0.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1",
        "192.167.255.255", "192.0.1.1", "223.255.255.255", "2c0f:fe38::1", "2606:4700::1111", "2003::1",
    ])
    func allowsWhatIsPublic(_ text: String) throws {
        try policy.check(try #require(IPAddress(parsing: text)))
    }

    @Test func theOperatorsListOpensItsRangesOnly() throws {
        let policy = DestinationPolicy(allowedNetworks: DestinationPolicy.loopback)
        try policy.check(try #require(IPAddress(parsing: "127.0.0.1")))
        try policy.check(try #require(IPAddress(parsing: "::1")))
        for text in ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"] {
            let address = try #require(IPAddress(parsing: text))
            #expect(throws: DestinationRefusal.self) { try policy.check(address) }
        }
    }

    @Test func oneRefusedAddressRefusesTheName() throws {
        let addresses = ["41.90.64.1", "10.0.0.1"].compactMap(IPAddress.init(parsing:))
        #expect(throws: DestinationRefusal.self) { try policy.check(addresses) }
        #expect(throws: DestinationRefusal.noAddress) { try policy.check([]) }
    }

    @Test(arguments: [
        "", "hook", "/hook", "//example.co.ke/hook", "ftp://example.co.ke/", "file:///etc/passwd", "gopher://x/",
        "http://", "http:///hook", "https://user@example.co.ke/", "https://user:pass@example.co.ke/",
        "https://example.co.ke:22/", "https://example.co.ke:99999/", "https://example.co.ke:0/",
        "https://exa mple.co.ke/", "https://127.0.0.1/", "https://[::1]/", "https://[fe80::1%25eth0]/",
        "https://[::ffff:10.0.0.1]/", "https://example.co.ke\\@10.0.0.1/", "https://ex%61mple\u{0}.co.ke/",
    ])
    func refusesUnfitURLs(_ text: String) {
        #expect(throws: DestinationRefusal.self) { try policy.destination(of: text) }
    }

    @Test func readsURLs() throws {
        let plain = try policy.destination(of: "https://Hooks.Example.co.ke/a%20b?x=1&y=%2F#part")
        #expect(plain.url == "https://hooks.example.co.ke:443/a%20b?x=1&y=%2F")
        #expect(plain.literal == nil)
        let literal = try policy.destination(of: "http://[2c0f:fe38::1]:8080")
        #expect(literal.url == "http://[2c0f:fe38:0:0:0:0:0:1]:8080/")
        #expect(literal.literal == IPAddress(parsing: "2c0f:fe38::1"))
    }

    @Test func redirectsAreCheckedAtEachHop() throws {
        let origin = try policy.destination(of: "https://example.co.ke/a/b")
        #expect(try policy.redirect(from: origin, to: "../c?d").url == "https://example.co.ke:443/c?d")
        #expect(try policy.redirect(from: origin, to: "//other.co.ke/").host == "other.co.ke")
        #expect(throws: DestinationRefusal.downgrade) {
            try policy.redirect(from: origin, to: "http://example.co.ke/")
        }
        #expect(throws: DestinationRefusal.self) { try policy.redirect(from: origin, to: "https://10.0.0.1/") }
        #expect(throws: DestinationRefusal.self) { try policy.redirect(from: origin, to: "file:///etc/passwd") }
    }

    @Test func networksHaveOddLengthsToo() throws {
        let network = try #require(IPNetwork(parsing: "10.32.0.0/11"))
        #expect(network.contains(try #require(IPAddress(parsing: "10.63.255.255"))))
        #expect(!network.contains(try #require(IPAddress(parsing: "10.64.0.0"))))
        #expect(!network.contains(try #require(IPAddress(parsing: "::1"))))
        for text in ["", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/x", "::/129"] {
            #expect(IPNetwork(parsing: text) == nil)
        }
    }
}
