import SDPWire
import Testing

/// Exchanges of offers and answers, after the examples of RFC 3264 section 10 and RFC 4317, with the codecs that we
/// speak.
@Suite struct OfferAnswerFlowTests {
    static let endpoint = AudioEndpoint(address: "192.0.2.100", port: 20_000, sessionID: 7)

    /// A description by the lines of its streams.
    static func description(_ streams: [String], address: String = "192.0.2.7") throws -> SessionDescription {
        let lines =
            [
                "v=0", "o=alice 2890844526 2890844526 IN IP4 host.atlanta.example.com", "s=", "c=IN IP4 \(address)",
                "t=0 0",
            ]
            + streams
        return try SessionDescription(parsing: Array((lines.joined(separator: "\r\n") + "\r\n").utf8))
    }

    /// RFC 4317 section 2.1: of several audio codecs the caller's first that we speak is taken, and video is refused in
    /// its place.
    @Test func audioIsTakenAndVideoRefused() throws {
        let offer = try Self.description([
            "m=audio 49170 RTP/AVP 97 0 8", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000", "a=rtpmap:97 iLBC/8000",
            "m=video 51372 RTP/AVP 31 32", "a=rtpmap:31 H261/90000", "a=rtpmap:32 MPV/90000",
        ])
        let (answer, audio) = try #require(OfferAnswer.answer(offer, Self.endpoint))
        #expect(audio.codec == .pcmu && audio.remotePort == 49_170)
        #expect(answer.media.map(\.media) == ["audio", "video"] && answer.media.map(\.port) == [20_000, 0])
        #expect(answer.media[0].formats == ["0"])
        // A refused stream has a format all the same, or it is no `m=` line (RFC 3264 section 6).
        #expect(answer.media[1].formats == ["31", "32"])
        #expect(try SessionDescription(parsing: answer.bytes) == answer)
    }

    /// RFC 4317 sections 2.4 and 4.1: a second audio stream, for telephone events alone, is refused; the first one
    /// stays.
    @Test func aSecondAudioStreamIsRefused() throws {
        let first = ["m=audio 49170 RTP/AVP 0", "a=rtpmap:0 PCMU/8000"]
        let second = ["m=audio 49172 RTP/AVP 98", "a=rtpmap:98 telephone-event/8000", "a=sendonly"]
        for (streams, taken) in [(first + second, 0), (second + first, 1)] {
            let (answer, audio) = try #require(OfferAnswer.answer(try Self.description(streams), Self.endpoint))
            #expect(audio.remotePort == 49_170 && audio.direction == .sendrecv)
            #expect(answer.media.map { $0.port > 0 } == [taken == 0, taken == 1])
        }
        let both = try Self.description(["m=audio 49170 RTP/AVP 0", "m=audio 49172 RTP/AVP 8"])
        #expect(OfferAnswer.answer(both, Self.endpoint)?.answer.media.map(\.port) == [20_000, 0])
    }

    /// RFC 4317 sections 4.2 and 4.3: a stream that comes later gets its place, and one that goes keeps it with port 0.
    @Test func streamsComeAndGo() throws {
        let audio = "m=audio 49170 RTP/AVP 8"
        for (video, comment) in [("m=video 49172 RTP/AVP 31", "added"), ("m=video 0 RTP/AVP 31", "deleted")] {
            let offer = try Self.description([audio, video])
            let answer = try #require(OfferAnswer.answer(offer, Self.endpoint)?.answer)
            #expect(answer.media.map(\.port) == [20_000, 0], "\(comment)")
        }
        // Audio in the place of a stream that is gone (RFC 3264 section 8.1).
        let moved = try Self.description(["m=video 0 RTP/AVP 31", audio])
        #expect(OfferAnswer.answer(moved, Self.endpoint)?.answer.media.map(\.port) == [0, 20_000])
    }

    /// RFC 3264 section 8.4 and RFC 4317 section 3.1: hold, from either side or both, the old way, and back.
    @Test(arguments: [
        ("a=sendonly", "192.0.2.7", Direction.recvonly), ("a=inactive", "192.0.2.7", .inactive),
        ("a=recvonly", "192.0.2.7", .sendonly), ("a=sendrecv", "0.0.0.0", .inactive),
        ("a=sendrecv", "192.0.2.7", .sendrecv),
        ("a=ptime:20", "192.0.2.7", .sendrecv),
    ])
    func holdAndResume(line: String, address: String, direction: Direction) throws {
        let offer = try Self.description(["m=audio 49170 RTP/AVP 0 8", line], address: address)
        let (answer, audio) = try #require(OfferAnswer.answer(offer, Self.endpoint))
        #expect(audio.direction == direction && answer.media[0].direction == direction)
    }

    /// A direction of the session is that of streams that name none (RFC 8866 section 6.7).
    @Test func theSessionsDirectionIsAStreamsDefault() throws {
        let held = try Self.description(["a=sendonly", "m=audio 49170 RTP/AVP 0"])
        #expect(OfferAnswer.answer(held, Self.endpoint)?.audio.direction == .recvonly)
        let own = try Self.description(["a=sendonly", "m=audio 49170 RTP/AVP 0", "a=sendrecv"])
        #expect(OfferAnswer.answer(own, Self.endpoint)?.audio.direction == .sendrecv)
    }

    /// RFC 3264 section 8.3.2: the codec changes within the call, under whatever number.
    @Test func theCodecChanges() throws {
        for (formats, map, codec, type) in [
            ("0 101", "a=rtpmap:101 telephone-event/8000", AudioCodec.pcmu, 0),
            ("8 101", "a=rtpmap:101 telephone-event/8000", .pcma, 8), ("97", "a=rtpmap:97 pcma/8000/1", .pcma, 97),
        ] {
            let offer = try Self.description(["m=audio 49170 RTP/AVP \(formats)", map])
            let (answer, audio) = try #require(OfferAnswer.answer(offer, Self.endpoint))
            #expect(audio.codec == codec && audio.payloadType == type)
            #expect(answer.media[0].formats.first == "\(type)")
            #expect((audio.telephoneEventPayloadType == 101) == formats.contains("101"))
        }
    }

    /// What has no audio that we can take is answered by nobody: the request that carries it is refused with 488.
    @Test(arguments: [
        ["m=audio 49170 RTP/AVP 97", "a=rtpmap:97 iLBC/8000"], ["m=audio 49170 RTP/SAVP 0"], ["m=audio 0 RTP/AVP 0"],
        ["m=video 51372 RTP/AVP 31"], ["m=audio 49170 RTP/AVP 0", "a=rtpmap:0 PCMU/16000"], [],
    ])
    func whatWeCannotTakeIsNotAnswered(streams: [String]) throws {
        #expect(OfferAnswer.answer(try Self.description(streams), Self.endpoint) == nil)
    }

    /// RFC 3264 section 10.2: the answer to our offer picks one codec of ours, or none.
    @Test func anAnswerToOurOfferIsRead() throws {
        let taken = OfferAnswer.read(answer: try Self.description(["m=audio 49920 RTP/AVP 0", "a=rtpmap:0 PCMU/8000"]))
        #expect(taken?.codec == .pcmu && taken?.remotePort == 49_920 && taken?.telephoneEventPayloadType == nil)
        let held = OfferAnswer.read(answer: try Self.description(["m=audio 49920 RTP/AVP 8", "a=recvonly"]))
        #expect(held?.direction == .sendonly)
        #expect(OfferAnswer.read(answer: try Self.description(["m=audio 0 RTP/AVP 0"])) == nil)
    }

    /// RFC 3264 section 8: a later offer of ours is the same session in a higher version.
    @Test func aLaterOfferHasAHigherVersion() {
        let later = AudioEndpoint(address: "192.0.2.100", port: 20_002, sessionID: 7, version: 2)
        #expect(OfferAnswer.offer(Self.endpoint).origin == "sautikit 7 1 IN IP4 192.0.2.100")
        #expect(OfferAnswer.offer(later).origin == "sautikit 7 2 IN IP4 192.0.2.100")
    }
}
