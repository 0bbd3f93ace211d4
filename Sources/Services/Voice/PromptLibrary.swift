import Foundation
import Logging
import MediaEngine
import Platform

/// The operator's prompts, read once each.
actor PromptLibrary {
    /// Prompts beyond this are read again each time.
    private static let limit = 200

    private let folder: String
    private let logger: Logger
    private var known: [String: AudioSource] = [:]

    init(folder: String, logger: Logger) {
        self.folder = folder
        self.logger = logger
    }

    /// What to play for a sound; nil when there is no such prompt or it cannot be read.
    func source(of sound: VoiceAction.Sound) -> AudioSource? {
        switch sound {
        case .tone(let hertz, let duration): return .tone(hertz: Double(hertz), duration: duration)
        case .prompt(let name):
            if let source = known[name] { return source }
            do {
                let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name).wav"))
                let source = AudioSource.samples(try WaveFile.samples(parsing: [UInt8](data)))
                if known.count < Self.limit { known[name] = source }
                return source
            } catch {
                logger.error("a prompt cannot be played", metadata: ["prompt": "\(name)", "error": "\(error)"])
                return nil
            }
        }
    }
}
