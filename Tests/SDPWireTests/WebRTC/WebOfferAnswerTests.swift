import SDPWire
import Testing

/// Agreeing with browsers about one stream of audio.
@Suite struct WebOfferAnswerTests {
    private static func endpoint(
        _ codecs: [WebCodec] = [.pcma, .pcmu],
        setup: DTLSSetup = .passive
    ) throws -> WebAudioEndpoint {
        WebAudioEndpoint(
            candidates: [
                ICECandidate(foundation: "1", address: "198.51.100.7", port: 20_000),
                ICECandidate(
                    foundation: "2",
                    transport: .tcp,
                    preference: 1,
                    address: "198.51.100.7",
                    port: 20_000,
                    tcpType: .passive
                ),
            ],
            credentials: try #require(
                ICECredentials(fragment: "server01", password: "0123456789abcdefghijklmn")
            ),
            fingerprints: [try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 0x0F, count: 32)))],
            codecs: codecs,
            setup: setup,
            sessionID: 7
        )
    }

    private static func answer(
        _ offer: SessionDescription,
        _ codecs: [WebCodec] = [.pcma, .pcmu],
        setup: DTLSSetup = .passive
    ) throws -> (answer: SessionDescription, audio: NegotiatedWebAudio) {
        try WebOfferAnswer.answer(offer, endpoint(codecs, setup: setup))
    }

    @Test func chromiumIsAnswered() throws {
        let (answer, audio) = try Self.answer(BrowserOffers.read(BrowserOffers.chromium))
        #expect(audio.codec == .pcma && audio.payloadType == 8 && audio.otherLawPayloadType == 0)
        #expect(audio.telephoneEventPayloadType == 126 && audio.opus == nil && audio.direction == .sendrecv)
        #expect(audio.credentials?.fragment == "kT4q" && audio.credentials?.password == "3Zr0nQv8yLs5dWb1XeUtGh2A")
        #expect(audio.candidates.map(\.kind) == [.host, .serverReflexive, .host])
        #expect(audio.candidates.map(\.tcpType) == [nil, nil, .active] && !audio.hasAllCandidates)
        #expect(audio.fingerprints.map(\.text) == ["sha-256 \(BrowserOffers.hash)"] && !audio.isHandshakeOurs)
        let expected = """
            v=0
            o=sautikit 7 1 IN IP4 198.51.100.7
            s=-
            c=IN IP4 198.51.100.7
            t=0 0
            a=ice-lite
            a=ice-options:ice2 trickle
            a=group:BUNDLE 0
            m=audio 20000 UDP/TLS/RTP/SAVPF 8 126
            a=mid:0
            a=rtpmap:8 PCMA/8000
            a=rtpmap:126 telephone-event/8000
            a=fmtp:126 0-15
            a=ptime:20
            a=sendrecv
            a=msid:sautikit audio
            a=rtcp-mux
            a=setup:passive
            a=fingerprint:sha-256 \(Array(repeating: "0F", count: 32).joined(separator: ":"))
            a=ice-ufrag:server01
            a=ice-pwd:0123456789abcdefghijklmn
            a=candidate:1 1 udp 2130706431 198.51.100.7 20000 typ host
            a=candidate:2 1 tcp 2113929727 198.51.100.7 20000 typ host tcptype passive
            a=end-of-candidates

            """
        #expect(
            String(decoding: answer.bytes, as: UTF8.self) == expected.split(separator: "\n").joined(separator: "\r\n")
                + "\r\n"
        )
    }

    @Test func firefoxIsAnswered() throws {
        let (answer, audio) = try Self.answer(BrowserOffers.read(BrowserOffers.firefox), setup: .active)
        #expect(audio.codec == .pcma && audio.telephoneEventPayloadType == 101 && audio.hasAllCandidates)
        #expect(audio.candidates.map(\.transport) == [.udp, .tcp] && audio.candidates[0].address.hasSuffix(".local"))
        #expect(audio.isHandshakeOurs && audio.fingerprints.count == 1)
        #expect(answer.media[0].attributes.contains(SDPAttribute("setup", "active")))
    }

    /// Opus is taken when we like it best, or when there is nothing else; its events have its clock if the browser knows such.
    @Test func opusIsTakenWhenItIsWanted() throws {
        let (answer, audio) = try Self.answer(BrowserOffers.read(BrowserOffers.chromium), [.opus, .pcma])
        #expect(audio.codec == .opus && audio.payloadType == 111 && audio.telephoneEventPayloadType == 110)
        #expect(audio.opus?.usesInbandFEC == true && audio.opus?.prefersStereo == false)
        #expect(audio.otherLawPayloadType == nil && audio.opusPayloadType == nil)
        #expect(answer.media[0].formats == ["111", "110"])
        #expect(answer.media[0].attributes.contains(SDPAttribute("rtpmap", "111 opus/48000/2")))
        let only = try BrowserOffers.chromium("m=", "m=audio 9 UDP/TLS/RTP/SAVPF 111 13 126")
        let (answer2, audio2) = try Self.answer(only, [.pcma, .pcmu, .opus])
        // Firefox has no events of the clock of Opus.
        #expect(audio2.codec == .opus && audio2.telephoneEventPayloadType == 126)
        #expect(audio.telephoneEventClockRate == 48_000 && audio2.telephoneEventClockRate == 8000)
        #expect(answer2.media[0].attributes.contains(SDPAttribute("rtpmap", "126 telephone-event/8000")))
        #expect(throws: WebOfferFault.noCodec) { try Self.answer(only) }
    }

    @Test(
        arguments: [
            ("m=audio", "m=audio 9 RTP/AVP 8", .noAudio), ("m=audio", "m=audio 0 UDP/TLS/RTP/SAVPF 8", .noAudio),
            ("m=audio", "m=video 9 UDP/TLS/RTP/SAVPF 8", .noAudio),
            ("m=audio", "m=audio 9 UDP/TLS/RTP/SAVPF 9 63", .noCodec),
            ("m=audio", "m=audio 9 UDP/TLS/RTP/SAVPF x -8 300", .noCodec), ("a=rtcp-mux", nil, .noMultiplexing),
            ("a=ice-ufrag", nil, .noCredentials), ("a=ice-pwd", nil, .noCredentials),
            ("a=ice-pwd", "a=ice-pwd:tooshort", .noCredentials),
            ("a=ice-ufrag", "a=ice-ufrag:a:b c", .noCredentials), ("a=fingerprint", nil, .noFingerprint),
            ("a=fingerprint", "a=fingerprint:sha-1 AB:CD", .noFingerprint),
            ("a=setup", "a=setup:holdconn", .noFingerprint), ("a=setup", "a=setup:", .noFingerprint),
            ("a=group", "a=ice-lite", .bothLite),
        ] as [(String, String?, WebOfferFault)]
    )
    func whatCannotBeAgreedToIsRefused(start: String, line: String?, fault: WebOfferFault) throws {
        let offer = try BrowserOffers.chromium(start, line)
        #expect(throws: fault) { try Self.answer(offer) }
    }

    /// Streams that we do not take keep their places and names, and leave the group.
    @Test func otherStreamsAreRefused() throws {
        let more = [
            "m=video 9 UDP/TLS/RTP/SAVPF 96", "a=mid:1", "a=rtpmap:96 VP8/90000", "a=rtcp-mux",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:data", "a=sctp-port:5000", "",
        ]
        let text =
            BrowserOffers.chromium.replacing("BUNDLE 0", with: "BUNDLE 0 1 data") + more.joined(separator: "\r\n")
        let (answer, _) = try Self.answer(BrowserOffers.read(text))
        #expect(answer.bundle == ["0"] && answer.media.map(\.port) == [20_000, 0, 0])
        #expect(answer.media.map(\.identification) == ["0", "1", "data"])
        #expect(answer.media[2].formats == ["webrtc-datachannel"] && answer.media[1].attributes.count == 1)
        #expect(try SessionDescription(parsing: answer.bytes) == answer)
    }

    @Test func withoutAGroupThereIsNone() throws {
        #expect(try Self.answer(BrowserOffers.chromium("a=group", nil)).answer.bundle == [])
        let unnamed = try BrowserOffers.chromium("a=mid", nil)
        let (answer, audio) = try Self.answer(unnamed)
        #expect(answer.bundle == [] && audio.identification == nil)
    }

    /// A stream that only shares the way of another has port 0 and is there all the same.
    @Test func aBundledStreamIsTaken() throws {
        let offer = try BrowserOffers.chromium("m=", "m=audio 0 UDP/TLS/RTP/SAVPF 8\r\na=bundle-only")
        #expect(try Self.answer(offer).answer.media[0].port == 20_000)
    }

    @Test(arguments: [
        ("active", DTLSSetup.passive, false), ("passive", .passive, true), ("actpass", .passive, false),
        ("actpass", .active, true), ("ACTIVE", .active, false),
    ])
    func handshakesAreBegunByOne(theirs: String, wanted: DTLSSetup, isOurs: Bool) throws {
        let offer = try BrowserOffers.chromium("a=setup", "a=setup:\(theirs)")
        #expect(try Self.answer(offer, setup: wanted).audio.isHandshakeOurs == isOurs)
        // Without a word the offerer begins.
        #expect(try Self.answer(BrowserOffers.chromium("a=setup", nil), setup: wanted).audio.isHandshakeOurs == false)
    }

    @Test(arguments: [
        ("sendonly", Direction.recvonly), ("recvonly", .sendonly), ("inactive", .inactive), ("sendrecv", .sendrecv),
    ])
    func directionsAreMirrored(theirs: String, ours: Direction) throws {
        let (answer, audio) = try Self.answer(BrowserOffers.chromium("a=sendrecv", "a=\(theirs)"))
        #expect(audio.direction == ours && answer.media[0].direction == ours)
    }

    /// A telephone with DTLS and without ICE (RFC 5763), as baresip is.
    @Test func whoDoesWithoutICEIsAnsweredWithoutIt() throws {
        let lines = [
            "v=0", "o=- 1 1 IN IP4 192.0.2.9", "s=-", "c=IN IP4 192.0.2.9", "t=0 0",
            "m=audio 41500 UDP/TLS/RTP/SAVP 8 101", "a=rtpmap:8 PCMA/8000", "a=rtpmap:101 telephone-event/8000",
            "a=rtcp-mux", "a=setup:actpass", "a=fingerprint:SHA-256 \(BrowserOffers.hash)", "",
        ]
        let offer = try BrowserOffers.read(lines.joined(separator: "\r\n"))
        #expect(offer.isWebRTC)
        let (answer, audio) = try Self.answer(offer)
        #expect(audio.credentials == nil && audio.remoteAddress == "192.0.2.9" && audio.remotePort == 41_500)
        #expect(audio.telephoneEventPayloadType == 101 && !audio.isHandshakeOurs)
        #expect(answer.media[0].transport == "UDP/TLS/RTP/SAVP" && answer.media[0].port == 20_000)
        let said = (answer.attributes + answer.media[0].attributes).map(\.name)
        #expect(said.contains("fingerprint") && said.contains("rtcp-mux"))
        #expect(!said.contains { $0.hasPrefix("ice") || $0 == "candidate" || $0 == "end-of-candidates" })
        // Nobody could be reached at this one, and no check would tell where it is.
        let nowhere = lines.map { $0 == "c=IN IP4 192.0.2.9" ? "c=IN IP4 0.0.0.0" : $0 }
        #expect(throws: WebOfferFault.noCredentials) {
            try Self.answer(BrowserOffers.read(nowhere.joined(separator: "\r\n")))
        }
    }

    // MARK: Our offers

    @Test func ourOfferIsAnsweredByABrowser() throws {
        let (mine, theirs) = (try Self.endpoint([.pcma, .pcmu, .opus]), try Self.endpoint([.opus]))
        let offer = WebOfferAnswer.offer(mine)
        #expect(offer.isLite && offer.isWebRTC && offer.bundle == ["0"])
        #expect(offer.media[0].formats == ["8", "0", "111", "126", "110"])
        #expect(offer.media[0].attributes.contains(SDPAttribute("setup", "actpass")))
        // A browser is no lite agent.
        var full = offer
        full.attributes.removeAll { $0.name == "ice-lite" }
        var answer = try WebOfferAnswer.answer(full, theirs).answer
        #expect(throws: WebOfferFault.bothLite) { try WebOfferAnswer.read(answer: answer, to: mine) }
        answer.attributes.removeAll { $0.name == "ice-lite" }
        let audio = try WebOfferAnswer.read(answer: answer, to: mine)
        #expect(audio.codec == .opus && audio.telephoneEventPayloadType == 110 && audio.isHandshakeOurs)
        answer.media[0].attributes.removeAll { $0.name == "setup" }
        answer.media[0].attributes.append(SDPAttribute("setup", "actpass"))
        #expect(throws: WebOfferFault.noFingerprint) { try WebOfferAnswer.read(answer: answer, to: mine) }
        answer.media[0].port = 0
        #expect(throws: WebOfferFault.noAudio) { try WebOfferAnswer.read(answer: answer, to: mine) }
        answer.media = []
        #expect(throws: WebOfferFault.noAudio) { try WebOfferAnswer.read(answer: answer, to: mine) }
    }

    // MARK: Anew

    @Test func aRestartIsNoticed() throws {
        let first = try Self.answer(BrowserOffers.read(BrowserOffers.chromium)).audio
        let held = try Self.answer(BrowserOffers.chromium("a=sendrecv", "a=sendonly")).audio
        #expect(!held.restartsICE(of: first) && !held.renewsHandshake(of: first))
        for (start, line) in [("a=ice-ufrag", "a=ice-ufrag:Nw4q"), ("a=ice-pwd", "a=ice-pwd:AAAAAAAAAAAAAAAAAAAAAAAA")]
        {
            let restarted = try Self.answer(BrowserOffers.chromium(start, line)).audio
            #expect(restarted.restartsICE(of: first) && !restarted.renewsHandshake(of: first))
        }
        let other = BrowserOffers.hash.replacing(":01", with: ":02")
        let renewed = try Self.answer(BrowserOffers.chromium("a=fingerprint", "a=fingerprint:sha-256 \(other)")).audio
        #expect(renewed.renewsHandshake(of: first) && !renewed.restartsICE(of: first))
        // One more line beside the same is the same certificate.
        let both = "a=fingerprint:sha-256 \(other)\r\na=fingerprint:SHA-256 \(BrowserOffers.hash.lowercased())"
        let kept = try Self.answer(BrowserOffers.chromium("a=fingerprint", both)).audio
        #expect(kept.fingerprints.count == 2 && !kept.renewsHandshake(of: first))
    }
}
