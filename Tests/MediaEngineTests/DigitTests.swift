import MediaEngine
import TestSupport
import Testing

@Suite struct DigitTests {
    @Test(arguments: [101, nil] as [UInt8?], [MediaCodec.pcma, .pcmu])
    func keysAreHeardWithAndWithoutEvents(events: UInt8?, codec: MediaCodec) async throws {
        let lab = try MediaLab()
        let line = try lab.line(codec: codec, events: events)
        line.leg.sendDigits("1w2W*0#d")
        line.phone.sendDigits("9988A")
        try await line.waits(for: .digitsSent)
        try await Waiting.until { line.phoneDigits == "12*0#D" && line.digits == "9988A" ? true : nil }
    }

    @Test func pausesTakeTheirTime() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        let start = ContinuousClock.now
        line.leg.sendDigits("1wW2")
        try await line.waits(for: .digitsSent)
        #expect(ContinuousClock.now - start > .milliseconds(1700))
        #expect(line.news.withLock { $0.filter { $0 == .digitsSent }.count } == 1)
    }

    /// A peer that knows telephone events may still send tones; they count only when asked for.
    @Test func tonesCountWhenAskedFor() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        line.leg.setInBandDigits(true)
        line.phone.play(.samples(TestSound.key("7", milliseconds: 100) + TestSound.silence(100)), id: 1)
        try await Waiting.until { line.digits == "7" ? true : nil }
        line.leg.setInBandDigits(false)
        line.phone.play(.samples(TestSound.key("8", milliseconds: 100) + TestSound.silence(100)), id: 2)
        line.phone.sendDigits("5")
        try await Waiting.until { line.digits.contains("5") ? true : nil }
        #expect(line.digits == "75")
    }

    @Test func speechAndSilenceAreReported() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        line.leg.detectSilence(after: .milliseconds(300))
        try await line.waits(for: .silenceDetected(after: .milliseconds(300)))
        #expect(!line.news.withLock { $0.contains(.speechDetected) })
        var speech = SpeechLikeSound(seed: 5)
        line.phone.play(.samples(speech.samples(seconds: 1)), id: 1)
        try await line.waits(for: .speechDetected)
        try await Waiting.until {
            line.news.withLock { $0.last } == .silenceDetected(after: .milliseconds(300)) ? true : nil
        }
        line.leg.detectSilence(after: nil)
    }
}
