import SDPWire
import Testing

/// Offers and answers that are secured (RFC 4568 sections 5.1 and 7.1).
@Suite struct SecureOfferAnswerTests {
    private static let key = "inline:\(CryptoTests.first)|2^20"
    private static let ours = CryptoSuite.allCases.enumerated().compactMap { number, suite in
        CryptoKey(suite, [UInt8](repeating: UInt8(number), count: suite.keyByteCount))
    }
    private static let endpoint = AudioEndpoint(address: "192.0.2.100", port: 20_000, keys: ours, sessionID: 7)

    private static func answer(_ streams: [String]) throws -> (answer: SessionDescription, audio: NegotiatedAudio)? {
        OfferAnswer.answer(try OfferAnswerFlowTests.description(streams), endpoint)
    }

    /// The first line that we can use is taken, under its tag and with a key of our own.
    @Test func theFirstUsableLineIsTaken() throws {
        let (answer, audio) = try #require(
            try Self.answer([
                "m=audio 49170 RTP/SAVP 0", "a=crypto:1 F8_128_HMAC_SHA1_80 \(Self.key)",
                "a=crypto:2 AES_CM_128_HMAC_SHA1_80 \(Self.key)|1:4",
                "a=crypto:7 AES_CM_128_HMAC_SHA1_32 \(Self.key)", "a=crypto:8 AES_CM_128_HMAC_SHA1_80 \(Self.key)",
            ])
        )
        let crypto = try #require(audio.crypto)
        let own = try #require(Self.ours.first { $0.suite == .aes128CMSHA1Tag32 })
        #expect(crypto.local == own && crypto.remote.suite == .aes128CMSHA1Tag32)
        #expect(crypto.remote.bytes != own.bytes)
        #expect(answer.media[0].transport == "RTP/SAVP")
        let lines = answer.media[0].attributes.filter { $0.name == "crypto" }
        #expect(lines.count == 1 && lines[0].value?.hasPrefix("7 AES_CM_128_HMAC_SHA1_32 inline:AwMDAwMD") == true)
    }

    @Test(arguments: [
        [], ["a=crypto:1 F8_128_HMAC_SHA1_80 \(key)"], ["a=crypto:1 AES_CM_128_HMAC_SHA1_80 \(key)|1:4"],
        ["a=crypto"], ["a=crypto:"], ["a=fingerprint:SHA-256 00"],
    ])
    func aSecuredOfferWithoutAUsableLineIsNotAnswered(lines: [String]) throws {
        #expect(try Self.answer(["m=audio 49170 RTP/SAVP 0"] + lines) == nil)
        // Lines of the session mean nothing.
        let line = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 \(Self.key)"
        #expect(try Self.answer([line, "m=audio 49170 RTP/SAVP 0"] + lines) == nil)
    }

    @Test func linesBeyondTheSixteenthAreNotLookedAt() throws {
        let useless = (1...15).map { "a=crypto:\($0) F8_128_HMAC_SHA1_80 \(Self.key)" }
        let useful = "a=crypto:17 AES_CM_128_HMAC_SHA1_80 \(Self.key)"
        #expect(try Self.answer(["m=audio 49170 RTP/SAVP 0"] + useless + [useful]) != nil)
        #expect(try Self.answer(["m=audio 49170 RTP/SAVP 0"] + useless + [useless[0], useful]) == nil)
    }

    /// A plain offer is answered plainly, whatever keys stand beside it; of two streams the secured one is taken.
    @Test func aPlainOfferIsAnsweredPlainly() throws {
        let line = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 \(Self.key)"
        let (answer, audio) = try #require(try Self.answer(["m=audio 49170 RTP/AVP 0", line]))
        #expect(audio.crypto == nil && answer.media[0].transport == "RTP/AVP")
        #expect(!answer.media[0].attributes.contains { $0.name == "crypto" })
        let both = try #require(try Self.answer(["m=audio 49170 RTP/AVP 0", "m=audio 49172 RTP/SAVP 0", line]))
        #expect(both.audio.crypto != nil && both.answer.media.map(\.port) == [0, 20_000])
        let bare = AudioEndpoint(address: "192.0.2.100", port: 20_000, sessionID: 7)
        let secured = try OfferAnswerFlowTests.description(["m=audio 49170 RTP/SAVP 0", line])
        #expect(OfferAnswer.answer(secured, bare) == nil)
    }

    /// The answer to a secured offer must take one of its lines.
    @Test func anAnswerMustTakeALineOfOurs() throws {
        func read(_ transport: String, _ line: String, to keys: [CryptoKey] = Self.ours) throws -> NegotiatedAudio? {
            let answer = try OfferAnswerFlowTests.description(["m=audio 49170 \(transport) 0", line])
            let endpoint = AudioEndpoint(address: "192.0.2.1", port: 20_000, keys: keys, sessionID: 7)
            return OfferAnswer.read(answer: answer, to: OfferAnswer.offer(endpoint))
        }
        let good = try read("RTP/SAVP", "a=crypto:4 AES_CM_128_HMAC_SHA1_32 \(Self.key)")
        #expect(good?.crypto?.local == Self.ours[3])
        #expect(try read("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_32 \(Self.key)") == nil)
        #expect(try read("RTP/SAVP", "a=crypto:9 AES_CM_128_HMAC_SHA1_32 \(Self.key)") == nil)
        #expect(try read("RTP/SAVP", "a=sendrecv") == nil)
        #expect(try read("RTP/AVP", "a=crypto:4 AES_CM_128_HMAC_SHA1_32 \(Self.key)") == nil)
        #expect(try read("RTP/AVP", "a=sendrecv") == nil)
        #expect(try read("RTP/SAVP", "a=crypto:4 AES_CM_128_HMAC_SHA1_32 \(Self.key)", to: []) == nil)
        #expect(try read("RTP/AVP", "a=sendrecv", to: [])?.crypto == nil)
    }

    /// The law that was not chosen is known too, by its static number or another (RFC 3264 section 5.1).
    @Test(
        arguments: [
            ("0 8", "a=sendrecv", 0, 8), ("8 97", "a=rtpmap:97 PCMU/8000", 8, 97),
            ("98 0", "a=rtpmap:98 PCMA/8000", 98, 0),
            ("0 101", "a=rtpmap:101 telephone-event/8000", 0, nil), ("8 0 18", "a=rtpmap:18 G729/8000", 8, 0),
            ("0 97", "a=rtpmap:97 PCMU/8000", 0, nil),
        ] as [(String, String, Int, Int?)]
    )
    func theOtherLawHasANumber(formats: String, map: String, type: Int, other: Int?) throws {
        let description = try OfferAnswerFlowTests.description(["m=audio 49170 RTP/AVP \(formats)", map])
        let answered = try #require(OfferAnswer.answer(description, OfferAnswerFlowTests.endpoint)?.audio)
        let read = try #require(OfferAnswer.read(answer: description))
        for audio in [answered, read] { #expect(audio.payloadType == type && audio.otherLawPayloadType == other) }
    }
}
