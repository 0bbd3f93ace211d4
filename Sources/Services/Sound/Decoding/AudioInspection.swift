package import Logging
package import Platform

/// Looks at uploaded files by decoding them once.
package struct AudioInspection: AudioInspector {
    private let decoder: AudioDecoder

    /// Decodes within the limits of `settings`.
    package init(_ settings: SoundSettings, logger: Logger) {
        decoder = AudioDecoder(programs: ChildPrograms(settings), settings: settings, logger: logger)
    }

    /// What a file is.
    ///
    /// - Throws: `PlatformError` `uploads.not_audio`, `request.too_large`, or `service.overloaded`.
    package func inspect(_ bytes: [UInt8]) async throws -> AudioFacts {
        do {
            let samples = try await decoder.samples(of: bytes)
            guard let kind = AudioKind(of: bytes) else { throw SoundError.notAudio }
            return AudioFacts(
                mimeType: kind.mimeType,
                fileEnding: kind.rawValue,
                duration: Samples.duration(samples.count)
            )
        } catch let error as SoundError {
            throw error.refusal
        }
    }
}
