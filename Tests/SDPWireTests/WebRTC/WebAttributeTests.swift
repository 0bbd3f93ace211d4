import SDPWire
import Testing

/// Single lines of browsers' descriptions.
@Suite struct WebAttributeTests {
    @Test(arguments: [
        "1 1 udp 2130706431 192.0.2.1 5000 typ host", "a/+9 2 udp 0 2001:db8::1 0 typ relay",
        "7 1 tcp 4294967295 name.local 9 typ srflx tcptype so", "7 256 tcp 1 192.0.2.1 65535 typ prflx tcptype passive",
    ])
    func candidatesAreReadAsTheyWerePrinted(text: String) throws {
        #expect(try #require(ICECandidate(text)).text == text)
    }

    @Test(arguments: [
        "", "1 1 udp 1 192.0.2.1 5000 typ", "1 0 udp 1 192.0.2.1 5000 typ host", "1 257 udp 1 192.0.2.1 5000 typ host",
        "1 1 sctp 1 192.0.2.1 5000 typ host", "1 1 udp 4294967296 192.0.2.1 5000 typ host",
        "1 1 udp -1 192.0.2.1 5000 typ host", "1 1 udp 1 192.0.2.1 65536 typ host", "1 1 udp 1 192.0.2.1 5 type host",
        "1 1 udp 1 192.0.2.1 5000 typ magic", "1 1 tcp 1 192.0.2.1 5000 typ host",
        "1 1 udp 1 192.0.2.1 5000 typ host tcptype active", "1 1 tcp 1 192.0.2.1 5000 typ host tcptype odd",
        String(repeating: "1", count: 33) + " 1 udp 1 192.0.2.1 5000 typ host",
        "1 1 udp 1 192.0.2.1 5000 typ host " + String(repeating: "x ", count: 300),
    ])
    func whatIsNoCandidateIsPassedOver(text: String) {
        #expect(ICECandidate(text) == nil)
    }

    @Test func extensionsArePassedOver() throws {
        let candidate = try #require(
            ICECandidate("1 1 UDP 5 192.0.2.1 6 typ srflx raddr 10.0.0.1 rport 7 generation 0 ufrag abcd odd")
        )
        #expect(candidate.text == "1 1 udp 5 192.0.2.1 6 typ srflx")
    }

    /// RFC 8445 section 5.1.2.1.
    @Test func ourPriorityIsThatOfAHost() {
        #expect(ICECandidate(foundation: "1", address: "192.0.2.1", port: 1).priority == 2_130_706_431)
        #expect(ICECandidate(foundation: "1", preference: 0, address: "192.0.2.1", port: 1).priority == 0x7E00_00FF)
    }

    @Test func fingerprintsAreReadAsTheyWerePrinted() throws {
        for algorithm in CertificateFingerprint.Algorithm.allCases {
            let bytes = (0..<algorithm.byteCount).map { UInt8(truncatingIfNeeded: 7 * $0) }
            let fingerprint = try #require(CertificateFingerprint(algorithm, bytes))
            #expect(CertificateFingerprint(fingerprint.text) == fingerprint)
            #expect(CertificateFingerprint(fingerprint.text.lowercased()) == fingerprint)
            #expect(CertificateFingerprint(algorithm, Array(bytes.dropLast())) == nil)
            for broken in [
                String(fingerprint.text.dropLast()), fingerprint.text + ":00", fingerprint.text + " 00",
                fingerprint.text.replacing(":", with: " "), fingerprint.text.replacing(":0", with: ":+"),
                fingerprint.text.replacing("sha-", with: "md5-"),
            ] {
                #expect(CertificateFingerprint(broken) == nil, "\(broken)")
            }
        }
        #expect(CertificateFingerprint("sha-1 " + Array(repeating: "AB", count: 20).joined(separator: ":")) == nil)
    }

    @Test func credentialsAreFreshAndSecret() throws {
        var random = SystemRandomNumberGenerator()
        let made = (0..<50).map { _ in ICECredentials(using: &random) }
        #expect(Set(made).count == 50 && Set(made.map(\.fragment)).count == 50)
        for one in made {
            #expect(ICECredentials(fragment: one.fragment, password: one.password) == one)
            for text in ["\(one)", String(reflecting: one), "\([one])"] { #expect(!text.contains(one.password)) }
            var dumped = ""
            dump(one, to: &dumped)
            #expect(!dumped.contains(one.password))
        }
        #expect(!"\(SDPAttribute("ice-pwd", "secret"))".contains("secret"))
        #expect(ICECredentials(fragment: "abc", password: made[0].password) == nil)
        #expect(ICECredentials(fragment: "abcd", password: String(repeating: "a", count: 257)) == nil)
    }

    @Test func opusParametersArePickedOut() {
        let full = OpusParameters("minptime=10; useinbandfec=1 ;usedtx=1;stereo=1;maxaveragebitrate=20000")
        #expect(full.usesInbandFEC && full.usesDTX && full.prefersStereo && full.mostBitsPerSecond == 20_000)
        for text in ["", ";;=;", "useinbandfec", "maxaveragebitrate=1", "maxaveragebitrate=x;stereo=2", "usedtx=0"] {
            #expect(OpusParameters(text) == OpusParameters(""), "\(text)")
        }
    }

    /// No more lines of a kind are looked at than anybody needs.
    @Test func linesAreLimited() throws {
        let many = Array(repeating: "a=candidate:1 1 udp 1 192.0.2.1 5000 typ host", count: 200).joined(
            separator: "\r\n"
        )
        let offer = try BrowserOffers.chromium("a=candidate", many)
        #expect(offer.media[0].candidates.count == 64)
    }
}
