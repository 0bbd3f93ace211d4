import Logging

/// Speaks a piece of text by the operator's command.
struct SpeechEngine: Sendable {
    private static let bytesPerSecond = 96_000

    let programs: ChildPrograms
    let decoder: AudioDecoder
    let settings: SoundSettings
    let logger: Logger

    /// The name of what this says, among all that was ever made.
    func key(_ text: String, _ voice: SpeechVoice, _ language: SpokenLanguage) -> String {
        SoundCache.key("speech", settings.speechCommand, voice.rawValue, language.rawValue, text)
    }

    func samples(
        of text: String,
        _ voice: SpeechVoice,
        _ language: SpokenLanguage
    ) async throws(SoundError) -> [Int16] {
        let command = command(voice, language)
        let program = String(command.first?.split(separator: "/").last ?? "")
        let wave: [UInt8]
        do {
            wave = try await programs.run(
                command,
                input: Array((text + "\n").utf8),
                maxOutputBytes: Int(settings.longestSound.components.seconds) * Self.bytesPerSecond,
                limit: settings.speechTimeout
            )
        } catch {
            throw soundError(error, program)
        }
        do {
            return try await decoder.samples(ofStream: wave)
        } catch .notAudio {
            throw .programFailed(program)
        } catch {
            throw error
        }
    }

    private func command(_ voice: SpeechVoice, _ language: SpokenLanguage) -> [String] {
        settings.speechCommand.split(separator: " ").map { word in
            word.replacing("{language}", with: language.rawValue)
                .replacing("{voice}", with: voice.rawValue)
                .replacing("{gender}", with: voice.gender)
        }
        .map(String.init)
    }

    private func soundError(_ failure: ChildFailure, _ program: String) -> SoundError {
        switch failure {
        case .missing: return .programMissing(program)
        case .timeout: return .timeout(program: program, limit: settings.speechTimeout)
        case .tooMuchOutput: return .tooLong(limit: settings.longestSound)
        case .busy: return .busy
        case .failed(let words):
            logger.error("a text cannot be spoken", metadata: ["program": "\(program)", "words": "\(words)"])
            return .programFailed(program)
        }
    }
}
