import MediaEngine
import Primitives
import SDPWire
import SecureMedia
import TestSupport
import Testing

@testable import Voice

/// Our descriptions of a browser's leg, as they follow each other.
@Suite struct BrowserOffersTests {
    private static let fingerprint = CertificateFingerprint(.sha256, Array(repeating: 7, count: 32))

    /// What a browser says; by default as it does the first time.
    private static func description(
        fragment: String = "abcd",
        certificate: String = "AB",
        setup: String = "actpass",
        direction: String = "sendrecv",
        codecs: String = "111 8 126"
    ) -> [UInt8] {
        let lines = [
            "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0",
            "m=audio 9 UDP/TLS/RTP/SAVPF \(codecs)", "c=IN IP4 0.0.0.0", "a=mid:0", "a=\(direction)", "a=rtcp-mux",
            "a=rtpmap:111 opus/48000/2", "a=fmtp:111 useinbandfec=1;maxaveragebitrate=12000",
            "a=rtpmap:110 telephone-event/48000", "a=rtpmap:8 PCMA/8000", "a=rtpmap:126 telephone-event/8000",
            "a=setup:\(setup)", "a=ice-ufrag:\(fragment)", "a=ice-pwd:abcdefghijklmnopqrstuvwx",
            "a=fingerprint:sha-256 " + Array(repeating: certificate, count: 32).joined(separator: ":"), "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private let restarts = Locked<[ICECredentials]>([])

    private func offers(_ codecs: [WebCodec] = BrowserOffers.codecs, tcpPort: Int? = nil) throws -> BrowserOffers {
        var random = SplitMix64(seed: 6)
        return BrowserOffers(
            address: "192.0.2.1",
            port: 20_000,
            tcpPort: tcpPort,
            credentials: ICECredentials(using: &random),
            fingerprint: try #require(Self.fingerprint),
            codecs: codecs,
            sessionID: 7,
            onRestart: { [restarts] fresh in restarts.withLock { $0.append(fresh) } }
        )
    }

    private static func line(_ name: String, of body: [UInt8]) -> String? {
        let lines = String(decoding: body, as: UTF8.self).split(separator: "\r\n")
        return lines.first { $0.hasPrefix(name) }.map(String.init)
    }

    private static func audio(_ audio: LegAudio?) throws -> NegotiatedWebAudio {
        guard case .browser(let audio)? = audio else { throw WaitingTimeout(what: "a browser's sound") }
        return audio
    }

    @Test func aBrowserIsAnsweredWithTheTelephonesCodecAndWhereWeAre() throws {
        let offers = try offers()
        let (body, agreed) = try #require(offers.answer(Self.description()))
        let audio = try Self.audio(agreed)
        #expect(audio.codec == .pcma && audio.payloadType == 8 && audio.telephoneEventPayloadType == 126)
        #expect(!audio.isHandshakeOurs && agreed.direction == .sendrecv)
        #expect(Self.line("a=setup", of: body) == "a=setup:passive")
        #expect(Self.line("a=candidate", of: body)?.contains("192.0.2.1 20000 typ host") == true)
        // A hold changes nothing else.
        let (held, paused) = try #require(offers.answer(Self.description(direction: "inactive")))
        #expect(paused.direction == .inactive && restarts.withLock { $0.isEmpty })
        #expect(Self.line("a=ice-ufrag", of: held) == Self.line("a=ice-ufrag", of: body))
        #expect(Self.line("o=", of: held) != Self.line("o=", of: body), "each description has a version")
    }

    /// Of all that a browser has we take what telephones have; a browser with nothing but Opus has that, with events of its clock.
    @Test func opusIsTakenWhenThereIsNothingElse() throws {
        let offers = try offers()
        let (body, agreed) = try #require(offers.answer(Self.description(codecs: "111 126 110")))
        let audio = try Self.audio(agreed)
        #expect(audio.codec == .opus && audio.payloadType == 111 && audio.telephoneEventPayloadType == 110)
        #expect(Self.line("m=audio", of: body) == "m=audio 20000 UDP/TLS/RTP/SAVPF 111 110")
        #expect(Self.line("a=rtpmap:111", of: body) == "a=rtpmap:111 opus/48000/2")
        #expect(Self.line("a=rtpmap:110", of: body) == "a=rtpmap:110 telephone-event/48000")
        let key = SRTPMasterKey(.aes128GCM, [UInt8](repeating: 7, count: 28))
        let keys = SRTPKeys(local: key, remote: key)
        let parameters = MediaParameters(audio, keys: keys)
        #expect(parameters.codec == .opus && parameters.payloadType == 111)
        #expect(parameters.opus == OpusSettings(mostBitsPerSecond: 12_000, usesInbandFEC: true))
    }

    @Test func opusIsOfferedLastOrToBrowsersOfThoseWhoHaveItFirst() throws {
        let (usual, first) = (try offers(), try offers(BrowserOffers.codecsWithOpusFirst))
        let offer = Self.line("m=audio", of: usual.offer(isSecured: false))
        #expect(offer == "m=audio 20000 UDP/TLS/RTP/SAVPF 8 0 111 126 110")
        #expect(
            Self.line("m=audio", of: first.offer(isSecured: false))
                == "m=audio 20000 UDP/TLS/RTP/SAVPF 111 8 0 110 126"
        )
        let both = Self.description(setup: "active", codecs: "111 8 126 110")
        let audio = try Self.audio(usual.read(answer: both))
        #expect(audio.codec == .pcma && audio.opusPayloadType == 111 && audio.telephoneEventPayloadType == 126)
        let opus = try Self.audio(first.read(answer: both))
        #expect(opus.codec == .opus && opus.opusPayloadType == nil && opus.telephoneEventPayloadType == 110)
        // Later offers are answered as the first description was.
        let (body, _) = try #require(first.answer(Self.description(codecs: "8 111 126 110")))
        #expect(Self.line("m=audio", of: body) == "m=audio 20000 UDP/TLS/RTP/SAVPF 111 110")
        let again = try Self.audio(usual.answer(Self.description())?.audio)
        #expect(again.codec == .pcma && again.opusPayloadType == nil, "our answer has named one")
    }

    /// Datagrams first, and connections where there is a port for them (RFC 6544 section 4.2).
    @Test func whereBrowsersConnectIsTold() throws {
        let (body, _) = try #require(try offers(tcpPort: 7443).answer(Self.description()))
        let lines = String(decoding: body, as: UTF8.self).split(separator: "\r\n").filter { $0.contains("candidate:") }
        #expect(
            lines == [
                "a=candidate:1 1 udp 2130706431 192.0.2.1 20000 typ host",
                "a=candidate:2 1 tcp 2124414975 192.0.2.1 7443 typ host tcptype passive",
            ]
        )
        let offer = try offers(tcpPort: 7443).offer(isSecured: true)
        #expect(String(decoding: offer, as: UTF8.self).contains("192.0.2.1 7443 typ host tcptype passive"))
    }

    /// RFC 8839 section 4.4.1.1.1.
    @Test func whoBeginsICEAnewGetsNewCredentials() throws {
        let offers = try offers()
        let first = try #require(offers.answer(Self.description()))
        let again = try #require(offers.answer(Self.description(fragment: "efgh")))
        let fresh = try #require(restarts.withLock { $0.first })
        #expect(Self.line("a=ice-ufrag", of: again.body) == "a=ice-ufrag:\(fresh.fragment)")
        #expect(Self.line("a=ice-ufrag", of: again.body) != Self.line("a=ice-ufrag", of: first.body))
        _ = try #require(offers.answer(Self.description(fragment: "efgh", direction: "sendonly")))
        #expect(restarts.withLock { $0.count } == 1)
    }

    @Test func anotherCertificateIsRefusedWithinACall() throws {
        let offers = try offers()
        _ = try #require(offers.answer(Self.description()))
        #expect(offers.answer(Self.description(certificate: "CD")) == nil)
        #expect(offers.answer(Self.description()) != nil, "the call goes on as it was")
    }

    /// Without ICE nothing tells where a peer is but its description, in which we look no names up.
    @Test(arguments: [("192.0.2.9", true), ("phone.example", false), ("2001:db8::9", false), ("192.0.2", false)])
    func whoDoesWithoutICESaysWhereItIs(address: String, isTaken: Bool) throws {
        let text = String(decoding: Self.description(setup: "active"), as: UTF8.self)
            .split(separator: "\r\n").filter { !$0.hasPrefix("a=ice") }.joined(separator: "\r\n")
        let body = Array("\(text.replacing("IN IP4 0.0.0.0", with: "IN IP4 \(address)"))\r\n".utf8)
        #expect((try offers().answer(body) != nil) == isTaken)
        let called = try offers()
        _ = called.offer(isSecured: true)
        #expect((called.read(answer: body) != nil) == isTaken)
    }

    @Test func whatAPlainTelephoneSaysIsNoBrowsers() throws {
        let plain = Array(
            "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 4 RTP/AVP 8\r\n".utf8
        )
        #expect(try offers().answer(plain) == nil)
        #expect(try offers().answer(Self.description(codecs: "126")) == nil, "it has no sound")
        #expect(try offers().read(answer: plain) == nil)
        #expect(try offers().answer([0xFF, 0]) == nil)
    }

    @Test func aBrowserThatIsCalledBeginsTheHandshakeOrLetsUs() throws {
        for (setup, isOurs) in [("active", false), ("passive", true)] {
            let offers = try offers()
            #expect(Self.line("a=setup", of: offers.offer(isSecured: false)) == "a=setup:actpass")
            let audio = try Self.audio(offers.read(answer: Self.description(setup: setup)))
            #expect(audio.isHandshakeOurs == isOurs)
            // Whoever has begun the handshake keeps that part (RFC 8842 section 5.5).
            let (body, _) = try #require(offers.answer(Self.description(direction: "sendonly")))
            #expect(Self.line("a=setup", of: body) == (isOurs ? "a=setup:active" : "a=setup:passive"))
        }
        #expect(try offers().read(answer: Self.description(setup: "actpass")) == nil)
    }
}
