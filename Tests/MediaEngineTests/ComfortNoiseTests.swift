import MediaEngine
import RTPWire
import TestSupport
import Testing

/// Comfort noise (RFC 3389) and feedback (RFC 4585): what is understood, and what nothing is done about.
@Suite struct ComfortNoiseTests {
    /// -40 dBov; a sine of that level would have an amplitude of 463.
    private static let quiet: [UInt8] = [40]

    private static func level(_ samples: [Int16]) -> Double {
        (samples.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count))).squareRoot()
    }

    /// The other of a bridge hears noise as loud as the peer says, until it speaks again.
    @Test(arguments: [UInt8(13), 98])
    func theOtherHearsNoise(type: UInt8) async throws {
        let lab = try MediaLab()
        let (peer, other) = (RawRTPPeer(), try lab.line())
        let leg = try lab.engine.openLeg()
        leg.connect(.loopback(peer.port, noise: type == 13 ? nil : type))
        leg.bridge(to: other.leg)
        peer.send(RawRTPPeer.packet(type: type, sequence: 1, payload: Self.quiet), to: leg.localPort)
        try await Waiting.until {
            let level = Self.level(try await other.heard(lab))
            return (260...400).contains(level) ? true : nil
        }
        // It is no sound of the peer's that might be lost, unknown, or passed on as it is.
        let quality = await leg.statistics()
        #expect(quality.received == 1 && quality.dropped == 0 && quality.lost == 0)
        #expect(await other.phone.statistics().unknownPayload == 0)
        let silence = [UInt8](repeating: 0xD5, count: 160)
        peer.send(RawRTPPeer.packet(type: 8, sequence: 2, payload: silence), to: leg.localPort)
        try await Waiting.until { Self.level(try await other.heard(lab)) < 16 ? true : nil }
        #expect(await other.phone.close().unknownPayload == 0)
    }

    /// Neither recordings nor whoever waits for speech take it for any; no peer shouts by it.
    @Test func noiseIsNoSpeech() async throws {
        let lab = try MediaLab()
        let (peer, other, events) = (RawRTPPeer(), try lab.line(), Locked<[MediaEvent]>([]))
        let leg = try lab.engine.openLeg { event in events.withLock { $0.append(event) } }
        leg.connect(.loopback(peer.port))
        leg.bridge(to: other.leg)
        leg.detectSilence(after: .milliseconds(400))
        leg.startRecording(RecordingFiles(received: lab.path("noise")))
        for number in 0..<10 {
            peer.send(RawRTPPeer.packet(type: 13, sequence: number, payload: [0, 1, 2]), to: leg.localPort)
        }
        try await Waiting.until {
            events.withLock { $0.contains(.silenceDetected(after: .milliseconds(400))) } ? true : nil
        }
        let level = Self.level(try await other.heard(lab))
        #expect((700..<1200).contains(level), "as loud as -30 dBov, and no louder than -30 dBov: \(level)")
        // An empty one is silence.
        peer.send(RawRTPPeer.packet(type: 13, sequence: 10, payload: []), to: leg.localPort)
        try await Waiting.until { Self.level(try await other.heard(lab)) < 16 ? true : nil }
        _ = await leg.stopRecording()
        #expect(try lab.samples("noise").allSatisfy { $0 == 0 })
        #expect(!events.withLock { $0.contains(.speechDetected) })
        #expect(await leg.close().received == 11)
    }

    /// Feedback is counted; nobody else gets it, and nothing is sent again.
    @Test func feedbackEndsHere() async throws {
        let lab = try MediaLab()
        let (peer, other) = (RawRTPPeer(), try lab.line())
        let leg = try lab.engine.openLeg()
        leg.connect(.loopback(peer.port))
        leg.bridge(to: other.leg)
        let asked = RTCPPacket.feedback(.transport, format: 1, sender: 77, source: 1).bytes
        let picture = RTCPPacket.feedback(.payload, format: 1, sender: 77, source: 1).bytes
        peer.send(asked + picture, to: leg.localPort + 1)
        peer.send(Array(asked.dropLast(2)), to: leg.localPort + 1)
        peer.send(picture, to: leg.localPort + 1)
        try await Waiting.until { await leg.statistics().feedback == 3 ? true : nil }
        #expect(await leg.close().dropped == 0)
        #expect(await other.leg.statistics().feedback == 0)
        #expect(await other.phone.close().feedback == 0)
    }
}
