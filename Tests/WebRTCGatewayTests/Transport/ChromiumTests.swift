import MediaEngine
import SDPWire
import TestSupport
import Testing

@testable import WebRTCGateway

/// Calls with a real browser: a tone each way and keys, whoever calls and whoever begins the handshake. As a client of DTLS it greets in two
/// datagrams.
@Suite(.serialized, .timeLimit(.minutes(3))) struct ChromiumTests {
    @Test(arguments: [DTLSSetup.passive, .active])
    func itCalls(setup: DTLSSetup) async throws {
        let lab = try BrowserLab()
        let peer = try WebPeer.chromium("offer", hertz: 700, keys: "17#")
        let (answer, audio) = try WebOfferAnswer.answer(try await peer.description(), lab.endpoint(setup: setup))
        #expect(audio.codec == .pcma)
        try peer.tell(answer)
        try await lab.connect(audio)
        try await Waiting.until { lab.digits == "17#" ? true : nil }
        try await peer.hearsAndIsHeard(by: lab, hertz: 700)
        let transport = peer.lines.lazy.compactMap { $0["transport"] as? [String: String] }.last
        // Whoever answers the handshake chooses, and browsers do not choose what costs least.
        #expect((transport?["srtp"]?.contains("GCM") == true) == (setup == .passive))
        #expect(transport?["dtls"] == "FEFD")
        #expect(transport?["role"] == (setup == .passive ? "client" : "server"))
    }

    @Test func itIsCalled() async throws {
        let lab = try BrowserLab()
        let peer = try WebPeer.chromium("answer", hertz: 900)
        let endpoint = lab.endpoint([.pcmu, .pcma])
        try peer.tell(WebOfferAnswer.offer(endpoint))
        let audio = try WebOfferAnswer.read(answer: try await peer.description(), to: endpoint)
        #expect(audio.codec == .pcmu)
        try await lab.connect(audio)
        try await peer.hearsAndIsHeard(by: lab, hertz: 900)
    }
}
