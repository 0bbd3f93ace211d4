import MediaEngine
import SDPWire
import TestSupport
import Testing

@testable import WebRTCGateway

/// Calls with aiortc, a full agent of ICE that we did not write: a tone each way.
@Suite(.serialized, .timeLimit(.minutes(3))) struct AiortcTests {
    @Test(arguments: [DTLSSetup.passive, .active])
    func itCalls(setup: DTLSSetup) async throws {
        let lab = try BrowserLab()
        let peer = try WebPeer.aiortc("offer", hertz: 700)
        let offer = try await peer.description()
        let (answer, audio) = try WebOfferAnswer.answer(offer, lab.endpoint(setup: setup))
        try peer.tell(answer)
        try await lab.connect(audio)
        try await peer.hearsAndIsHeard(by: lab, hertz: 700)
    }

    /// Reports share the socket, too, and are protected.
    @Test func itReports() async throws {
        let lab = try BrowserLab()
        let peer = try WebPeer.aiortc("offer", hertz: 700)
        let (answer, audio) = try WebOfferAnswer.answer(try await peer.description(), lab.endpoint())
        try peer.tell(answer)
        try await lab.connect(audio)
        lab.leg.play(.tone(hertz: 500, duration: .seconds(3600)))
        try await Waiting.until { await lab.leg.statistics().remoteLossPercent }
        #expect(await lab.counted(\.dropped) == 0)
    }

    @Test func itIsCalled() async throws {
        let lab = try BrowserLab()
        let peer = try WebPeer.aiortc("answer", hertz: 900)
        let endpoint = lab.endpoint()
        try peer.tell(WebOfferAnswer.offer(endpoint))
        let audio = try WebOfferAnswer.read(answer: try await peer.description(), to: endpoint)
        try await lab.connect(audio)
        try await peer.hearsAndIsHeard(by: lab, hertz: 900)
    }
}
