import MediaEngine
import TestSupport

/// A phone of a test that one can listen to.
protocol Listener: Sendable {
    var leg: MediaLeg { get }
}

extension Listener {
    /// What comes in, from now on, until so many packets have come.
    func heardFor(packets: UInt64) async throws -> [Int16] {
        let folder = try TemporaryFolder("listener")
        let before = await leg.statistics().received
        leg.startRecording(RecordingFiles(received: folder.path("heard.wav")))
        try await Waiting.until { await leg.statistics().received > before + packets ? true : nil }
        _ = await leg.stopRecording()
        return try MediaTests.samples(folder.path("heard.wav"))
    }

    /// Each says a tone of its own until it hears the other's.
    func talks(with other: some Listener) async throws {
        other.leg.play(.tone(hertz: 1000, duration: .seconds(20)))
        leg.play(.tone(hertz: 440, duration: .seconds(20)))
        try await hears(1000)
        try await other.hears(440)
    }

    /// Waits until a tone is heard above all else; half a second of it is enough to measure.
    func hears(_ hertz: Double) async throws {
        try await Waiting.until {
            Goertzel.share(of: hertz, in: try await heardFor(packets: 30)) > 0.5 ? true : nil
        }
    }
}
