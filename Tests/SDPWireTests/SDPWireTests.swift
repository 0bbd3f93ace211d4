import SDPWire
import Testing

@Suite struct SDPWireTests {
    static let endpoint = AudioEndpoint(address: "127.0.0.1", port: 20_000, sessionID: 7)

    /// As a softphone offers: many codecs, keys at several clock rates, video, attributes nobody asked for.
    static let softphone = """
        v=0\r
        o=lin 1234 5 IN IP4 192.0.2.7\r
        s=Talk\r
        c=IN IP4 192.0.2.7\r
        t=0 0\r
        a=rtcp-xr:rcvr-rtt=all:10000\r
        m=audio 7078 RTP/AVP 96 97 8 0 101 98\r
        a=rtpmap:96 opus/48000/2\r
        a=rtpmap:97 speex/8000\r
        a=rtpmap:101 telephone-event/48000\r
        a=rtpmap:98 telephone-event/8000\r
        m=video 9078 RTP/AVP 99\r
        a=rtpmap:99 VP8/90000\r\n
        """

    @Test func ourOfferIsReadBack() throws {
        let offer = OfferAnswer.offer(Self.endpoint)
        #expect(try SessionDescription(parsing: offer.bytes) == offer)
        #expect(offer.media[0].formats == ["8", "0", "101"])
    }

    @Test func aSoftphoneIsAnswered() throws {
        let offer = try SessionDescription(parsing: Array(Self.softphone.utf8))
        let (answer, audio) = try #require(OfferAnswer.answer(offer, Self.endpoint))
        #expect(audio.codec == .pcma && audio.payloadType == 8 && audio.telephoneEventPayloadType == 98)
        #expect(audio.remoteAddress == "192.0.2.7" && audio.remotePort == 7078)
        #expect(answer.media.map(\.port) == [20_000, 0])
        #expect(answer.media[0].formats == ["8", "98"])
    }

    @Test func staticTypesNeedNoMap() throws {
        let text =
            "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\nc=IN IP4 192.0.2.9\r\na=sendonly\r\n"
        let audio = try #require(OfferAnswer.read(answer: try SessionDescription(parsing: Array(text.utf8))))
        #expect(audio.codec == .pcmu && audio.remoteAddress == "192.0.2.9" && audio.direction == .recvonly)
        #expect(audio.telephoneEventPayloadType == nil)
    }

    @Test(arguments: ["m=audio 0 RTP/AVP 8", "m=audio 4000 RTP/AVP 18", "m=image 4000 udptl t38"])
    func anAnswerWithoutOurAudioIsNone(line: String) throws {
        let text = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n\(line)\r\n"
        #expect(OfferAnswer.read(answer: try SessionDescription(parsing: Array(text.utf8))) == nil)
    }

    @Test func badDescriptionsAreRefusedAndNoneTraps() {
        for text in ["", "v=1", "v=0\r\nxyz", "v=0\r\nm=audio x RTP/AVP 0", "v=0\r\no=a\r\nc=IN IP4"] {
            #expect(throws: SDPParseError.self) { try SessionDescription(parsing: Array(text.utf8)) }
        }
        let whole = Array(Self.softphone.utf8)
        var state: UInt64 = 7
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            if let offer = try? SessionDescription(parsing: bytes) { _ = OfferAnswer.answer(offer, Self.endpoint) }
        }
    }
}
