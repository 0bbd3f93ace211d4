import Platform
import Primitives
import Testing

/// What a SIP URI may say, and whom the operator's list lets it name.
@Suite struct SIPAddressTests {
    private func fault(_ text: String) -> SIPAddressFault? {
        do throws(SIPAddressFault) {
            _ = try SIPAddress(parsing: text)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("sip:desk@pbx.example.com", "pbx.example.com", 5060, TrunkTransport.udp),
        ("SIP:a%20b@PBX.Example.COM:5070", "pbx.example.com", 5070, .udp),
        ("sip:desk@pbx.example.com;transport=TCP", "pbx.example.com", 5060, .tcp),
        ("sip:desk@pbx.example.com;transport=tls", "pbx.example.com", 5061, .tls),
        ("sips:desk@pbx.example.com", "pbx.example.com", 5061, .tls),
        ("sips:desk@pbx.example.com:5071;transport=tcp", "pbx.example.com", 5071, .tls),
        ("sip:+254712345678@192.0.2.7", "192.0.2.7", 5060, .udp),
        ("sip:a@[2001:DB8::1]:5062", "2001:db8:0:0:0:0:0:1", 5062, .udp),
    ])
    func partsAreRead(text: String, host: String, port: Int, transport: TrunkTransport) throws {
        let address = try SIPAddress(parsing: text)
        #expect(address.text == text && address.host == host && address.port == port)
        #expect(address.transport == transport)
    }

    @Test(arguments: [
        ("sip:a@b?Route=%3Csip:evil%3E", SIPAddressFault.headers), ("sip:a?x=y@b", .headers),
        ("sip:a@b;maddr=10.0.0.1", .parameter), ("sip:a@b;lr", .parameter), ("sip:a@b;user=phone", .parameter),
        ("sip:a@b;transport=udp;lr", .parameter), ("sip:a@b;%74ransport=udp", .parameter), ("sip:a@b;", .parameter),
        ("sip:a@b;transport=ws", .transport), ("sip:a@b;transport=", .transport),
        ("sips:a@b;transport=udp", .transport), ("tel:+254712345678", .unreadable),
        ("sip:pbx.example.com", .unreadable),
        ("sip:@b", .unreadable), ("sip:a@", .unreadable), ("sip:a:secret@b", .unreadable), ("sip:a@b@c", .unreadable),
        ("sip:a;maddr=x@b", .unreadable), ("sip:a,b@c", .unreadable), ("sip:a\r\nVia: x@b", .unreadable),
        ("sip:a%0d%0aVia@b", .unreadable), ("sip:a%7f@b", .unreadable), ("sip:a%2@b", .unreadable),
        ("sip:a@b:0", .unreadable), ("sip:a@b:65536", .unreadable), ("sip:a@b:+5060", .unreadable),
        ("sip:a@b:05060", .unreadable), ("sip:a@-b", .unreadable), ("sip:a@.b", .unreadable),
        ("sip:a@b_c", .unreadable),
        ("sip:a@[::1", .unreadable), ("sip:a@[1.2.3.4]", .unreadable), ("sip:a@[::1]x", .unreadable),
        ("sip:a@b/c", .unreadable), ("sip:é@b", .unreadable), ("", .unreadable),
        ("sip:a@" + String(repeating: "b", count: 250), .unreadable),
    ])
    func whatWouldChangeTheRequestIsRefused(text: String, expected: SIPAddressFault) {
        #expect(fault(text) == expected)
    }

    @Test func everyPrefixAndEveryByteIsReadOrRefused() {
        let whole = "sips:de%20sk@[2001:db8::1]:5062;transport=tls"
        for count in 0...whole.count { _ = fault(String(whole.prefix(count))) }
        for offset in whole.indices {
            for scalar in 0..<UInt32(0x100) {
                var text = whole
                text.replaceSubrange(offset...offset, with: String(Character(Unicode.Scalar(scalar) ?? "x")))
                guard let read = try? SIPAddress(parsing: text) else { continue }
                #expect(read.text == text && !read.host.isEmpty && (1...65_535).contains(read.port))
            }
        }
    }

    private func list(_ entries: String...) throws -> SIPAllowList {
        SIPAllowList(try entries.map { try #require(SIPAllowEntry(parsing: $0), "\($0)") })
    }

    private func allows(_ list: SIPAllowList, _ uri: String) throws -> Bool {
        list.allows(try SIPAddress(parsing: uri))
    }

    @Test func onlyTheHostsAndPortsOfTheListAreCalled() throws {
        #expect(try !allows(.none, "sip:a@pbx.example.com"))
        let named = try list("PBX.example.com", "*.example.net:5070")
        #expect(try allows(named, "sip:a@pbx.EXAMPLE.com") && allows(named, "sips:a@pbx.example.com"))
        #expect(try !allows(named, "sip:a@pbx.example.com:5070") && !allows(named, "sip:a@x.pbx.example.com"))
        #expect(try !allows(named, "sip:a@pbx.example.com.evil.test") && !allows(named, "sip:a@pbx.example.com."))
        #expect(try allows(named, "sip:a@b.c.example.net:5070"))
        #expect(try !allows(named, "sip:a@b.example.net") && !allows(named, "sip:a@example.net:5070"))
        #expect(try !allows(named, "sip:a@badexample.net:5070"))
        let networks = try list("192.0.2.0/24", "10.0.0.1:5080", "[2001:db8::/32]:5062", "::1")
        #expect(try allows(networks, "sip:a@192.0.2.200") && !allows(networks, "sip:a@192.0.3.1"))
        #expect(try allows(networks, "sip:a@10.0.0.1:5080") && !allows(networks, "sip:a@10.0.0.1"))
        #expect(try allows(networks, "sip:a@[2001:db8:9::1]:5062") && !allows(networks, "sip:a@[2001:db8:9::1]"))
        #expect(try allows(networks, "sip:a@[::1]") && networks.networks.count == 4)
        // What a resolver would take for 192.0.2.1 is a name here, and not on the list.
        #expect(try !allows(networks, "sip:a@3221225985") && !allows(networks, "sip:a@0xc0000201"))
    }

    @Test(arguments: [
        "", "*", "*.", "a b", "a:0", "a:99999", "a:b", "*.10.0.0.1", "10.0.0.0/33", "[::1]x", "[::1]:", "a/24", "é",
    ])
    func entriesThatAreNoneAreRefused(text: String) {
        #expect(SIPAllowEntry(parsing: text) == nil)
    }
}
