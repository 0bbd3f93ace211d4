import MediaEngine
import TestSupport
import Testing

@Suite struct HoldTests {
    @Test func aMutedPeerIsNotHeardAndHears() async throws {
        let lab = try MediaLab()
        let (one, other) = try Self.talking(lab)
        one.leg.setMuted(true)
        #expect(Goertzel.share(of: 500, in: try await Self.settled(other, lab)) < 0.01)
        #expect(Goertzel.share(of: 900, in: try await one.heard(lab)) > 0.8)
        one.leg.startRecording(
            RecordingFiles(received: lab.path("said"), sent: lab.path("heard")),
            RecordingOptions(maxLength: .milliseconds(500))
        )
        try await one.waits(for: .recordingLimitReached(id: 0))
        _ = await one.leg.stopRecording()
        #expect(try lab.samples("said").allSatisfy { $0 == 0 })
        #expect(Goertzel.share(of: 900, in: try lab.samples("heard")) > 0.8)
        one.leg.setMuted(false)
        #expect(Goertzel.share(of: 500, in: try await Self.settled(other, lab)) > 0.8)
    }

    @Test func aHeldPeerHearsMusicAndIsNotHeard() async throws {
        let lab = try MediaLab()
        let (one, other) = try Self.talking(lab)
        one.leg.hold(with: .tone(hertz: 1300, duration: .seconds(1)))
        #expect(Goertzel.share(of: 1300, in: try await Self.settled(one, lab)) > 0.8)
        #expect(try await other.heard(lab).allSatisfy { abs($0) < 16 })
        one.leg.unhold()
        #expect(Goertzel.share(of: 900, in: try await Self.settled(one, lab)) > 0.8)
        #expect(Goertzel.share(of: 500, in: try await other.heard(lab)) > 0.8)
    }

    /// A description with another direction stops or starts a way, and keeps the rest as it was.
    @Test func theDirectionIsFollowed() async throws {
        let lab = try MediaLab()
        let (one, other) = try Self.talking(lab)
        one.leg.connect(one.parameters(port: one.phone.localPort, direction: .sendonly))
        #expect(try await Self.settled(other, lab).allSatisfy { abs($0) < 16 })
        #expect(Goertzel.share(of: 900, in: try await one.heard(lab)) > 0.8)
        one.leg.connect(one.parameters(port: one.phone.localPort, direction: .inactive))
        _ = await one.leg.statistics()
        let sent = await one.leg.statistics().sent
        _ = try await other.heard(lab)
        #expect(await one.leg.statistics().sent == sent)
        one.leg.connect(one.parameters(port: one.phone.localPort))
        #expect(Goertzel.share(of: 900, in: try await Self.settled(one, lab)) > 0.8)
        #expect(one.news.withLock { $0.filter { $0 == .firstPacket }.count } == 1)
    }

    /// Two bridged lines whose phones hold tones of 500 and 900 Hz.
    private static func talking(_ lab: MediaLab) throws -> (Line, Line) {
        let (one, other) = (try lab.line(), try lab.line(codec: .pcmu))
        one.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        other.phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        one.leg.bridge(to: other.leg)
        return (one, other)
    }

    /// What a phone hears a little later than now: what was on its way has come.
    private static func settled(_ line: Line, _ lab: MediaLab) async throws -> [Int16] {
        _ = await line.leg.statistics()
        return Array(try await line.heard(lab, milliseconds: 900).dropFirst(2400))
    }
}
