import Foundation
import MediaEngine
import TestSupport
import Testing

@Suite struct RecordingTests {
    @Test func aStereoFileHasThePeerOnTheLeft() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        line.phone.play(.tone(hertz: 500, duration: .seconds(3600)))
        line.leg.play(.tone(hertz: 900, duration: .seconds(3600)))
        line.leg.startRecording(
            RecordingFiles(stereo: lab.path("stereo")),
            RecordingOptions(maxLength: .seconds(1))
        )
        try await line.waits(for: .recordingLimitReached(id: 0))
        let summary = try #require(await line.leg.stopRecording())
        let bytes = try Data(contentsOf: URL(filePath: lab.path("stereo")))
        #expect(bytes.count == summary.stereoByteCount)
        #expect(summary.duration == .seconds(1))
        let samples = unsafe bytes.dropFirst(44).withUnsafeBytes { unsafe Array($0.bindMemory(to: Int16.self)) }
        let sides = [0, 1].map { side in samples.enumerated().filter { $0.offset % 2 == side }.map(\.element) }
        #expect(Goertzel.share(of: 500, in: sides[0]) > 0.8 && Goertzel.share(of: 900, in: sides[0]) < 0.01)
        #expect(Goertzel.share(of: 900, in: sides[1]) > 0.8 && Goertzel.share(of: 500, in: sides[1]) < 0.01)
    }

    /// Nothing of what is said in a pause is in the file.
    @Test func aPauseLeavesOutWhatIsSaid() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        line.phone.play(.tone(hertz: 500, duration: .milliseconds(700)), id: 1)
        line.leg.startRecording(RecordingFiles(received: lab.path("paused")))
        try await Self.plays(line, 1)
        line.leg.pauseRecording()
        line.phone.play(.tone(hertz: 900, duration: .milliseconds(700)), id: 2)
        try await Self.plays(line, 2)
        _ = await line.leg.statistics()
        line.phone.play(.samples(TestSound.silence(300)), id: 3)
        try await Self.plays(line, 3)
        line.leg.resumeRecording()
        line.phone.play(.tone(hertz: 700, duration: .milliseconds(700)), id: 4)
        try await Self.plays(line, 4)
        let summary = try #require(await line.leg.stopRecording())
        let samples = try lab.samples("paused")
        #expect(summary.pauses == 1)
        #expect(summary.sampleCount == samples.count)
        #expect(Goertzel.share(of: 500, in: samples) > 0.4)
        #expect(Goertzel.share(of: 700, in: samples) > 0.4)
        #expect(Goertzel.share(of: 900, in: samples) < 0.01)
    }

    @Test func silenceIsTrimmed() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        line.leg.startRecording(
            RecordingFiles(received: lab.path("trimmed")),
            RecordingOptions(trimsSilence: true)
        )
        let word = ToneGenerator.samples(hertz: 500, duration: .milliseconds(500))
        line.phone.play(.samples(TestSound.silence(800) + word + TestSound.silence(3500) + word), id: 1)
        line.phone.play(.samples(TestSound.silence(900)), id: 2)
        try await Self.plays(line, 2)
        let summary = try #require(await line.leg.stopRecording())
        let samples = try lab.samples("trimmed")
        // 0.2 s, a word, 2 s, a word, 0.2 s.
        #expect((26_000...29_000).contains(samples.count), "\(samples.count)")
        #expect(summary.trimmed > .milliseconds(2500))
        #expect(summary.sampleCount == samples.count)
    }

    @Test func whatCannotBeWrittenIsToldOnce() async throws {
        let lab = try MediaLab()
        let line = try lab.line()
        line.leg.startRecording(RecordingFiles(mix: "/proc/nobody/mix.wav"))
        let summary = try #require(await line.leg.stopRecording())
        #expect(summary.failure != nil)
        #expect(await line.leg.stopRecording() == nil)
    }

    private static func plays(_ line: Line, _ id: Int) async throws {
        try await Waiting.until { line.phoneNews.withLock { $0.contains(.playFinished(id: id)) } ? true : nil }
    }
}
