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
        lab.leg.play(.tone(hertz: 500, duration: .seconds(3600)))
        try await Waiting.until { lab.digits == "17#" ? true : nil }
        try await peer.hearsAndIsHeard(by: lab, hertz: 700)
        let transport = peer.lines.lazy.compactMap { $0["transport"] as? [String: String] }.last
        // Whoever answers the handshake chooses, and browsers do not choose what costs least.
        #expect((transport?["srtp"]?.contains("GCM") == true) == (setup == .passive))
        #expect(transport?["dtls"] == "FEFD")
        #expect(transport?["role"] == (setup == .passive ? "client" : "server"))
    }

    /// A network that lets no datagrams through: it connects to us (RFC 6544). Where it may choose it does not.
    @Test(arguments: [true, false])
    func itCallsOverTCP(isBlocked: Bool) async throws {
        let lab = try BrowserLab(door: ConnectionLimits())
        let door = try #require(lab.door)
        let peer = try WebPeer.chromium("offer", hertz: 700)
        let endpoint = lab.endpoint(candidates: isBlocked ? lab.connections : nil)
        let (answer, audio) = try WebOfferAnswer.answer(try await peer.description(), endpoint)
        try peer.tell(answer)
        try await lab.connect(audio)
        try await peer.hearsAndIsHeard(by: lab, hertz: 700)
        let carriers = Set(peer.lines.compactMap { $0["carrier"] as? String })
        #expect(carriers == [isBlocked ? "tcp" : "udp"], "\(carriers)")
        if isBlocked {
            let quality = await lab.leg.statistics()
            #expect(quality.received > 20 && quality.lost == 0 && quality.foreign == 0, "\(quality)")
            #expect(door.counters.open > 0 && door.counters.strange == 0)
        }
        _ = await lab.leg.close()
        try await Waiting.until { door.counters.open == 0 ? true : nil }
    }

    /// Its statistics are made of our reports: how long a packet takes there and back, what was lost, and when we sent what.
    @Test func itKnowsTheQuality() async throws {
        let lab = try BrowserLab()
        let peer = try WebPeer.chromium("offer", hertz: 700)
        let (answer, audio) = try WebOfferAnswer.answer(try await peer.description(), lab.endpoint())
        try peer.tell(answer)
        try await lab.connect(audio)
        lab.leg.play(.tone(hertz: 500, duration: .seconds(3600)))
        let heard = try await Waiting.until(within: .seconds(40)) {
            peer.lines.lazy.compactMap { $0["heard"] as? [String: Double] }
                .first { $0["roundTripTimeMeasurements"] ?? 0 > 0 }
        }
        let roundTrip = try #require(heard["roundTripTime"])
        #expect((0..<1).contains(roundTrip), "seconds on loopback: \(heard)")
        #expect(heard["packetsLost"] == 0 && heard["fractionLost"] == 0, "\(heard)")
        #expect((heard["jitter"] ?? 1) < 0.5, "\(heard)")
        let sent = try await Waiting.until { peer.lines.lazy.compactMap { $0["sent"] as? [String: Double] }.last }
        // Reports are up to 7.5 seconds old when they are read.
        #expect((sent["clock_off_ms"] ?? .infinity) < 15_000 && (sent["packetsSent"] ?? 0) > 0, "\(sent)")
        let quality = await lab.leg.statistics()
        #expect(quality.roundTrip != nil && quality.remoteLossPercent == 0 && quality.dropped == 0, "\(quality)")
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
