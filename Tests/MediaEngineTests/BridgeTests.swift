import MediaEngine
import TestSupport
import Testing

@Suite struct BridgeTests {
    /// Legs of any thread can be bridged, again and again, and it does not matter who asks.
    @Test func legsOfDifferentThreadsHearEachOther() async throws {
        let lab = try MediaLab(threads: 3)
        let lines = try (0..<4).map { _ in try lab.line() }
        for (line, hertz) in zip(lines, [500.0, 700, 900, 1100]) {
            line.phone.play(.tone(hertz: hertz, duration: .seconds(3600)))
        }
        for _ in 0..<20 {
            lines[0].leg.bridge(to: lines[1].leg)
            lines[1].leg.bridge(to: lines[2].leg)
            lines[2].leg.bridge(to: lines[3].leg)
            lines[3].leg.bridge(to: lines[0].leg)
        }
        lines[1].leg.bridge(to: lines[2].leg)
        #expect(Goertzel.share(of: 1100, in: try await lines[0].heard(lab)) > 0.8)
        #expect(Goertzel.share(of: 900, in: try await lines[1].heard(lab)) > 0.8)
        lines[2].leg.unbridge()
        let alone = try await lines[1].heard(lab, milliseconds: 1000)
        #expect(alone.suffix(2000).allSatisfy { abs($0) < 16 })
        #expect(await lines[1].leg.close().lost == 0)
    }

    /// What the peer gets is one stream, whoever speaks.
    @Test func whatIsPlayedGoesBeforeTheOther() async throws {
        let lab = try MediaLab(threads: 2)
        let (one, other) = (try lab.line(codec: .pcmu), try lab.line())
        one.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        one.leg.bridge(to: other.leg)
        #expect(Goertzel.share(of: 500, in: try await other.heard(lab)) > 0.8)
        other.leg.play(.tone(hertz: 900, duration: .seconds(1)), id: 4)
        let during = try await other.heard(lab)
        #expect(Goertzel.share(of: 900, in: during) > 0.8)
        try await other.waits(for: .playFinished(id: 4))
        #expect(Goertzel.share(of: 500, in: try await other.heard(lab)) > 0.8)
        let quality = await other.phone.close()
        #expect(quality.lost == 0, "the numbers of the stream go on")
    }

    @Test func bothSidesOfABridgeAreRecorded() async throws {
        let lab = try MediaLab()
        let (one, other) = (try lab.line(codec: .pcmu), try lab.line())
        one.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        other.phone.play(.tone(hertz: 900, duration: .seconds(3600)))
        one.leg.bridge(to: other.leg)
        one.leg.startRecording(
            RecordingFiles(received: lab.path("received"), sent: lab.path("sent")),
            RecordingOptions(maxLength: .seconds(1))
        )
        try await one.waits(for: .recordingLimitReached(id: 0))
        let summary = try #require(await one.leg.stopRecording())
        #expect(summary.sampleCount == 8000)
        #expect(Goertzel.share(of: 500, in: try lab.samples("received")) > 0.8)
        #expect(Goertzel.share(of: 900, in: try lab.samples("sent")) > 0.8)
    }

    /// Keys reach a phone that knows no telephone events as tones, and are reported once.
    @Test func keysCrossABridge() async throws {
        let lab = try MediaLab()
        let (modern, old) = (try lab.line(), try lab.line(events: nil))
        modern.leg.bridge(to: old.leg)
        modern.phone.sendDigits("17#")
        try await Waiting.until { old.phoneDigits == "17#" ? true : nil }
        #expect(modern.digits == "17#")
        #expect(!old.news.withLock { $0.contains(.digitsSent) })
    }
}
