import Foundation
import MediaEngine
import Subprocess

/// The greeting that sandbox phones speak: synthesised once by espeak-ng and kept.
enum SandboxVoice {
    private static let text =
        "Habari! This is the Sautikit sandbox. Your call is connected, and somebody could be talking to you now."

    /// The greeting.
    ///
    /// - Throws: `SandboxError.speech` when espeak-ng is missing or fails.
    static func greeting(folder: String) async throws -> AudioSource {
        let path = "\(folder)/greeting.wav"
        if !FileManager.default.fileExists(atPath: path) { try await synthesise(to: path) }
        let data = try Data(contentsOf: URL(filePath: path))
        return .samples(try WaveFile.samples(parsing: [UInt8](data)))
    }

    private static func synthesise(to path: String) async throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true
        )
        do {
            let result = try await Subprocess.run(
                .name("espeak-ng"),
                arguments: ["-v", "en", "-s", "150", "-w", path, text],
                output: .discarded,
                error: .string(limit: 4096)
            )
            guard result.terminationStatus.isSuccess else {
                throw SandboxError.speech(result.standardError)
            }
        } catch let error as SandboxError {
            throw error
        } catch {
            throw SandboxError.speech(
                "espeak-ng could not be started; install it (apt-get install espeak-ng): \(error)"
            )
        }
    }
}
