import Logging

/// Turns WAV (PCM, A-law, u-law, any rate and channels) and MP3 into 8 kHz mono, by sox, which filters what 8 kHz cannot hold.
struct AudioDecoder: Sendable {
    let programs: ChildPrograms
    let settings: SoundSettings
    let logger: Logger

    /// The samples of a file of somebody's.
    func samples(of bytes: [UInt8]) async throws(SoundError) -> [Int16] {
        guard let kind = AudioKind(of: bytes) else { throw .notAudio }
        return try await decode(bytes, ["-t", kind.rawValue, "-"])
    }

    /// The samples of what a speech program said, whose header had to be written before its length was known.
    func samples(ofStream bytes: [UInt8]) async throws(SoundError) -> [Int16] {
        guard AudioKind(of: bytes) == .wave else { throw .notAudio }
        return try await decode(bytes, ["-t", "wav", "--ignore-length", "-"])
    }

    private func decode(_ bytes: [UInt8], _ input: [String]) async throws(SoundError) -> [Int16] {
        let (seconds, attoseconds) = settings.longestSound.components
        let maxSamples = Int(seconds) * 8000 + Int(attoseconds / 125_000_000_000_000)
        let output = ["-t", "raw", "-r", "8000", "-e", "signed-integer", "-b", "16", "-c", "1", "-L", "-"]
        do {
            let raw = try await programs.run(
                // Without dither, so that equal files give equal samples.
                ["sox", "-V1", "-D"] + input + output + ["channels", "1", "rate", "-h", "8000"],
                input: bytes,
                maxOutputBytes: maxSamples * 2,
                limit: settings.decodeTimeout
            )
            guard raw.count >= 2 else { throw SoundError.notAudio }
            return Samples.parse(raw[...])
        } catch let failure as ChildFailure {
            throw soundError(failure)
        } catch {
            throw .notAudio
        }
    }

    private func soundError(_ failure: ChildFailure) -> SoundError {
        switch failure {
        case .missing: return .programMissing("sox")
        case .timeout: return .timeout(program: "sox", limit: settings.decodeTimeout)
        case .tooMuchOutput: return .tooLong(limit: settings.longestSound)
        case .busy: return .busy
        case .failed(let words):
            logger.info("a file cannot be decoded", metadata: ["words": "\(words)"])
            return .notAudio
        }
    }
}
