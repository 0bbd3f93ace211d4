import MediaEngine
import SDPWire
import TestSupport
import Testing

@testable import WebRTCGateway

/// aiortc with nothing but Opus, whose codec is libopus as its own authors call it: a tone each way, to a telephone and from it, and
/// between two of them.
@Suite(.serialized, .timeLimit(.minutes(3))) struct OpusPeerTests {
    private static let codecs: [WebCodec] = [.pcma, .pcmu, .opus]

    /// A call that aiortc makes, up to the keys.
    private static func called(_ lab: BrowserLab, hertz: Int) async throws -> WebPeer {
        let peer = try WebPeer.aiortc("offer", hertz: hertz, codecs: "opus")
        let (answer, audio) = try WebOfferAnswer.answer(try await peer.description(), lab.endpoint(codecs))
        #expect(audio.codec == .opus)
        try peer.tell(answer)
        try await lab.connect(audio)
        return peer
    }

    @Test func itCallsATelephone() async throws {
        let lab = try BrowserLab()
        let peer = try await Self.called(lab, hertz: 700)
        let (leg, phone) = (try lab.engine.openLeg(), try lab.engine.openLeg())
        for (one, other) in [(leg, phone), (phone, leg)] {
            one.connect(
                MediaParameters(
                    remoteHost: "127.0.0.1",
                    remotePort: other.localPort,
                    codec: .pcma,
                    payloadType: 8,
                    telephoneEventPayloadType: 101
                )
            )
        }
        lab.leg.bridge(to: leg)
        phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        let tap = phone.tap(.inbound)
        var heard: [Int16] = []
        while let frame = await tap.next() {
            heard = heard.suffix(8000) + frame.samples
            if Goertzel.share(of: 700, in: Array(heard.suffix(4000))) > 0.5 { break }
        }
        tap.close()
        try await peer.hears(500)
        try await peer.end(lab)
    }

    @Test func itIsCalled() async throws {
        let lab = try BrowserLab()
        let peer = try WebPeer.aiortc("answer", hertz: 900, codecs: "opus")
        let endpoint = lab.endpoint(Self.codecs)
        try peer.tell(WebOfferAnswer.offer(endpoint))
        let audio = try WebOfferAnswer.read(answer: try await peer.description(), to: endpoint)
        #expect(audio.codec == .opus && audio.opusPayloadType == nil)
        try await lab.connect(audio)
        try await peer.hearsAndIsHeard(by: lab, hertz: 900)
    }

    @Test func twoOfThemHearEachOther() async throws {
        let lab = try BrowserLab()
        let other = try BrowserLab(lab.engine)
        let (one, two) = (try await Self.called(lab, hertz: 700), try await Self.called(other, hertz: 1100))
        lab.leg.bridge(to: other.leg)
        try await one.hears(1100)
        try await two.hears(700)
        try await one.end(lab)
        try await two.end(other)
    }
}
