import MediaEngine
import TestSupport
import Testing

@Suite struct HostilePeerTests {
    /// Strangers' packets are counted, before the kernel keeps the socket to the peer and after.
    @Test func strangersAreCountedAndNotHeard() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        let stranger = RawRTPPeer()
        try await Waiting.until { await line.leg.statistics().received > 5 ? true : nil }
        for number in 0..<10 { stranger.send(Self.loud(number), to: line.leg.localPort) }
        try await Waiting.until { await line.leg.statistics().foreign == 10 ? true : nil }
        try await Waiting.until { await line.leg.statistics().received > 80 ? true : nil }
        for number in 0..<10 { stranger.send(Self.loud(number), to: line.leg.localPort) }
        try await Waiting.until { await line.leg.statistics().foreign == 20 ? true : nil }
        let final = await line.leg.close()
        #expect(final.foreign == 20 && final.dropped == 20 && final.lost == 0)
    }

    @Test func whatIsNoGoodIsCountedByReason() async throws {
        let lab = try MediaLab()
        let (peer, events) = (RawRTPPeer(), Locked<[MediaEvent]>([]))
        let leg = try lab.engine.openLeg { event in events.withLock { $0.append(event) } }
        peer.send(RawRTPPeer.packet(type: 8, sequence: 0, payload: [1]), to: leg.localPort)
        try await Waiting.until { await leg.statistics().unknownPayload == 1 ? true : nil }
        leg.connect(.loopback(peer.port))
        peer.send([0x40] + [UInt8](repeating: 0, count: 30), to: leg.localPort)
        peer.send([], to: leg.localPort)
        peer.send(Array("BYE sip:me SIP/2.0\r\n".utf8), to: leg.localPort)
        peer.send(RawRTPPeer.packet(type: 96, sequence: 1, payload: [1, 2, 3]), to: leg.localPort)
        peer.send(
            RawRTPPeer.packet(type: 8, sequence: 2, payload: [UInt8](repeating: 1, count: 1400)),
            to: leg.localPort
        )
        peer.send(
            RawRTPPeer.packet(type: 8, sequence: 3, payload: [UInt8](repeating: 1, count: 9000)),
            to: leg.localPort
        )
        #expect(events.withLock { $0.isEmpty })
        peer.send(RawRTPPeer.packet(type: 8, sequence: 4, payload: [0xD5]), to: leg.localPort)
        try await Waiting.until { await leg.statistics().received == 1 ? true : nil }
        let result = await leg.close()
        #expect(result.malformed == 3)
        #expect(result.unknownPayload == 2)
        #expect(result.oversized == 2)
        #expect(events.withLock { $0 } == [.firstPacket])
    }

    /// The law may change in mid-call when both were agreed on.
    @Test func aPeerMayChangeTheLaw() async throws {
        let lab = try MediaLab()
        let peer = RawRTPPeer()
        let leg = try lab.engine.openLeg()
        leg.connect(.loopback(peer.port, other: 0))
        leg.startRecording(RecordingFiles(received: lab.path("laws")))
        // The loudest positive sample of each law.
        for number in 0..<20 {
            let isALaw = number < 10
            let payload = [UInt8](repeating: isALaw ? 0xAA : 0x80, count: 160)
            peer.send(RawRTPPeer.packet(type: isALaw ? 8 : 0, sequence: number, payload: payload), to: leg.localPort)
        }
        try await Waiting.until { await leg.statistics().received == 20 ? true : nil }
        try await Waiting.until { await leg.statistics().sent > 40 ? true : nil }
        _ = await leg.stopRecording()
        let samples = try lab.samples("laws")
        #expect(samples.filter { $0 == 32_256 }.count == 1600)
        #expect(samples.filter { $0 == 32_124 }.count == 1600)
        #expect(await leg.close().dropped == 0)
    }

    /// A peer that answered with a number of its own may still send the one that we offered, and the other law under its own.
    @Test func bothLawsAreKnownByEveryNumberOfTheirs() async throws {
        let lab = try MediaLab()
        let peer = RawRTPPeer()
        let leg = try lab.engine.openLeg()
        var parameters = MediaParameters.loopback(peer.port, other: 98)
        parameters.payloadType = 97
        leg.connect(parameters)
        leg.startRecording(RecordingFiles(received: lab.path("numbers")))
        for (number, type) in [97, 98, 8, 0].enumerated() {
            let isALaw = type == 97 || type == 8
            let payload = [UInt8](repeating: isALaw ? 0xAA : 0x80, count: 160)
            peer.send(RawRTPPeer.packet(type: UInt8(type), sequence: number, payload: payload), to: leg.localPort)
        }
        try await Waiting.until { await leg.statistics().received == 4 ? true : nil }
        try await Waiting.until { await leg.statistics().sent > 20 ? true : nil }
        _ = await leg.stopRecording()
        let samples = try lab.samples("numbers")
        #expect(samples.filter { $0 == 32_256 }.count == 320)
        #expect(samples.filter { $0 == 32_124 }.count == 320)
        #expect(await leg.close().dropped == 0)
    }

    private static func loud(_ number: Int) -> [UInt8] {
        RawRTPPeer.packet(type: 8, sequence: number, payload: [UInt8](repeating: 0xAA, count: 160), ssrc: 666)
    }
}
