import SIPWire
import Testing

/// Headers of transfers (RFC 3515, RFC 3891, RFC 5589).
@Suite struct TransferHeaderTests {
    /// RFC 3891 section 6.1.
    @Test func replacesNamesADialog() throws {
        let text = "425928@bobster.example.org;to-tag=7743;from-tag=6472"
        let replaces = try #require(Replaces(text))
        #expect(
            replaces.callID == "425928@bobster.example.org" && replaces.toTag == "7743" && replaces.fromTag == "6472"
        )
        #expect(!replaces.isEarlyOnly && replaces.text == text)
        let early = try #require(Replaces("98732@sip.example.com ;from-tag=r33th4x0r;to-tag=ff87ff;early-only"))
        #expect(early.isEarlyOnly && early.callID == "98732@sip.example.com")
        let wrong = [
            "", ";to-tag=1;from-tag=2", "a", "a;to-tag=1", "a;from-tag=1", "a;to-tag=1;to-tag=2;from-tag=3",
            "a;to-tag=;from-tag=1", "a;to-tag=\"x y\";from-tag=1",
        ]
        for text in wrong { #expect(Replaces(text) == nil, "\(text)") }
    }

    /// RFC 5589 section 7.1, the REFER of an attended transfer.
    @Test func aURICarriesHeaders() throws {
        let source =
            "sip:transferee@192.0.2.4?Replaces=592435881734450904%3Bto-tag%3D9m2n3wq%3Bfrom-tag%3D763231&Require=replaces"
        var uri = try #require(SIPURI(source))
        let replaces = try #require(uri.header(.replaces).flatMap { Replaces($0) })
        #expect(replaces == Replaces(callID: "592435881734450904", toTag: "9m2n3wq", fromTag: "763231"))
        #expect(uri.header(.require) == "replaces" && uri.header(.subject) == nil)
        uri.headers = nil
        uri.addHeader(.replaces, "a@b;to-tag=1;from-tag=2%")
        #expect(uri.text == "sip:transferee@192.0.2.4?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2%25")
        #expect(uri.header(.replaces) == "a@b;to-tag=1;from-tag=2%")
        for text in [
            "sip:a@b?Replaces=%0D%0AEvil", "sip:a@b?Replaces=%4", "sip:a@b?Replaces=%zz", "sip:a@b?Replaces=%+1",
        ] {
            #expect(SIPURI(text)?.header(.replaces) == nil)
        }
    }

    @Test func aFragmentTellsAStatus() {
        #expect(SIPFragment.status(SIPFragment.body(status: 180)) == 180)
        #expect(SIPFragment.status(Array("SIP/2.0 503 Service Unavailable\r\nTo: x\r\n".utf8)) == 503)
        for text in ["", "SIP/2.0", "SIP/2.0 20 OK", "SIP/2.0 999 No", "BYE sip:a SIP/2.0", "HTTP/1.1 200 OK"] {
            #expect(SIPFragment.status(Array(text.utf8)) == nil)
        }
    }
}
