import Foundation
import MediaEngine
import TestSupport

/// Reads keys out of a sound with a decoder that nobody here wrote.
enum DigitDecoder {
    /// The keys that multimon-ng finds.
    static func digits(in samples: [Int16]) async throws -> String {
        let files = try TemporaryFolder("digits")
        let bytes = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let wave = files.url.appending(path: "sound.wav")
        try Data(WaveFile.header(dataByteCount: bytes.count) + bytes).write(to: wave)
        // It wants 22,050 Hz.
        let raw = files.path("sound.raw")
        try await Command.run(
            "sox",
            [wave.path, "-t", "raw", "-e", "signed", "-b", "16", "-r", "22050", "-c", "1", raw]
        )
        let printed = try await Command.run("multimon-ng", ["-q", "-a", "DTMF", "-t", "raw", raw])
        return printed.split(separator: "\n").filter { $0.hasPrefix("DTMF: ") }.map { String($0.dropFirst(6)) }.joined()
    }
}
