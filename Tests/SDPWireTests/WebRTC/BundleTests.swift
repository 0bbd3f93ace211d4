import SDPWire
import Testing

/// Offers with several streams, and what they share (RFC 9143, RFC 8858, RFC 8829 section 5.3.1).
@Suite struct BundleTests {
    /// What speaks for a way: of category TRANSPORT or IDENTICAL (RFC 8859).
    private static let way = [
        "a=ice-ufrag:kT4q", "a=ice-pwd:3Zr0nQv8yLs5dWb1XeUtGh2A", "a=fingerprint:sha-256 \(BrowserOffers.hash)",
        "a=setup:actpass", "a=rtcp-mux", "a=candidate:1 1 udp 2122260223 192.0.2.44 51002 typ host",
    ]
    private static let video = [
        "m=video 51002 UDP/TLS/RTP/SAVPF 96", "c=IN IP4 192.0.2.44", "a=mid:v", "a=rtpmap:96 VP8/90000",
    ]
    private static let data = ["m=application 51002 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:d", "a=sctp-port:5000"]

    private static func audio(_ name: String, port: Int = 51_002) -> [String] {
        [
            "m=audio \(port) UDP/TLS/RTP/SAVPF 111 8", "c=IN IP4 0.0.0.0", "a=mid:\(name)", "a=rtpmap:111 opus/48000/2",
            "a=sendrecv",
        ]
    }

    private static func offer(_ group: String?, _ streams: [String]...) throws -> SessionDescription {
        let head = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0"] + (group.map { ["a=group:BUNDLE \($0)"] } ?? [])
        return try BrowserOffers.read((head + streams.flatMap { $0 } + [""]).joined(separator: "\r\n"))
    }

    private static func answer(
        _ offer: SessionDescription
    ) throws -> (answer: SessionDescription, audio: NegotiatedWebAudio) {
        let credentials = try #require(ICECredentials(fragment: "server01", password: "0123456789abcdefghijklmn"))
        let endpoint = WebAudioEndpoint(
            candidates: [ICECandidate(foundation: "1", address: "198.51.100.7", port: 20_000)],
            credentials: credentials,
            fingerprints: [try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 0x0F, count: 32)))],
            sessionID: 7
        )
        return try WebOfferAnswer.answer(offer, endpoint)
    }

    private static func names(_ stream: MediaDescription) -> Set<String> { Set(stream.attributes.map(\.name)) }

    /// The first of the group says for all of them where they are; refused itself, it has said so all the same.
    @Test(arguments: [9, 0])
    func audioBehindAnotherStreamHasItsWay(port: Int) throws {
        let behind = Self.audio("a", port: port) + (port == 0 ? ["a=bundle-only"] : [])
        let (answer, audio) = try Self.answer(Self.offer("v d a", Self.video + Self.way, Self.data, behind))
        #expect(audio.credentials?.fragment == "kT4q" && audio.fingerprints.count == 1)
        #expect(audio.candidates.map(\.port) == [51_002] && audio.identification == "a")
        #expect(answer.media.map(\.port) == [0, 0, 20_000] && answer.bundle == ["a"])
        #expect(answer.media.map(\.identification) == ["v", "d", "a"])
        #expect(Self.names(answer.media[0]) == ["mid"] && Self.names(answer.media[1]) == ["mid"])
        #expect(Self.names(answer.media[2]).isSuperset(of: ["rtcp-mux", "ice-ufrag", "fingerprint", "candidate"]))
    }

    /// Whoever is not of the group has a way of its own.
    @Test func othersWaysAreNotOurs() throws {
        let apart = Self.audio("a")
        #expect(throws: WebOfferFault.noMultiplexing) {
            try Self.answer(Self.offer("v", Self.video + Self.way, apart))
        }
        #expect(throws: WebOfferFault.noMultiplexing) {
            try Self.answer(Self.offer(nil, Self.video + Self.way, apart))
        }
        // Port 0 in no group is a refusal, whatever else it says.
        let alone = Self.audio("a", port: 0) + ["a=bundle-only"] + Self.way
        #expect(throws: WebOfferFault.noAudio) { try Self.answer(Self.offer("v", Self.video, alone)) }
    }

    /// Of two streams of audio one is taken; the other keeps its place.
    @Test func oneStreamOfAudioIsEnough() throws {
        let (answer, audio) = try Self.answer(
            Self.offer("a b", Self.audio("a") + Self.way, Self.audio("b") + Self.way)
        )
        #expect(audio.identification == "a" && answer.bundle == ["a"])
        #expect(answer.media.map(\.port) == [20_000, 0] && answer.media[1].identification == "b")
    }

    /// Without `rtcp-mux` there would have to be another port: the offer is refused, and a stream that has it is taken instead.
    @Test func reportsShareThePort() throws {
        let two = Self.way.filter { $0 != "a=rtcp-mux" }
        #expect(throws: WebOfferFault.noMultiplexing) { try Self.answer(Self.offer("a", Self.audio("a") + two)) }
        let (answer, audio) = try Self.answer(Self.offer(nil, Self.audio("a") + two, Self.audio("b") + Self.way))
        #expect(audio.identification == "b" && answer.media.map(\.port) == [0, 20_000] && answer.bundle == [])
    }

    /// What we do not do is not promised (RFC 4585 section 4.2): neither feedback nor reports of reduced size nor header extensions.
    @Test func noFeedbackIsAnswered() throws {
        let wants = [
            "a=rtcp-fb:8 nack", "a=rtcp-fb:* transport-cc", "a=rtcp-fb:111 goog-remb", "a=rtcp-rsize",
            "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        ]
        let (answer, _) = try Self.answer(Self.offer("a", Self.audio("a") + Self.way + wants))
        let names = Self.names(answer.media[0])
        #expect(names.isDisjoint(with: ["rtcp-fb", "rtcp-rsize", "extmap"]) && names.contains("rtcp-mux"))
        #expect(answer.media[0].transport == "UDP/TLS/RTP/SAVPF")
    }

    /// Comfort noise is understood, and not asked for: who is not told of it sends every word from its beginning.
    @Test(arguments: [("8 13", 13, ""), ("8 98", 98, "a=rtpmap:98 CN/8000"), ("8 97", nil, "a=rtpmap:97 CN/16000")])
    func comfortNoiseIsKnown(formats: String, type: Int?, line: String) throws {
        let stream =
            ["m=audio 9 UDP/TLS/RTP/SAVPF \(formats)", "c=IN IP4 0.0.0.0", "a=mid:a"] + (line.isEmpty ? [] : [line])
        let (answer, audio) = try Self.answer(Self.offer("a", stream + Self.way))
        #expect(audio.comfortNoisePayloadType == type && answer.media[0].formats == ["8"])
    }
}
