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
    func source(of sound: PlayAction.Sound) async -> AudioSource? {
        switch sound {
        case .tone(let hertz, let duration): return .tone(hertz: Double(hertz), duration: duration)
        case .upload, .web: return nil
        case .prompt(let name):
            if let source = known[name] { return source }
            do {
                let url = URL(filePath: "\(folder)/\(name).wav")
                // Not where calls run: their SIP messages arrive there, and a disk may take its time.
                let samples = try await Task.detached { try WaveFile.samples(parsing: [UInt8](Data(contentsOf: url))) }
                    .value
                let source = AudioSource.samples(samples)
                if known.count < Self.limit { known[name] = source }
                return source
            } catch {
                logger.error("a prompt cannot be played", metadata: ["prompt": "\(name)", "error": "\(error)"])
                return nil
            }
        }
    }
}
