import Foundation
import Logging
package import MediaEngine
package import OutboundHTTP
package import Platform
package import Primitives

/// Everything that a call can play: speech, files of the web, uploads, prompts and tones, as samples for the media engine.
package struct SoundLibrary: Sendable {
    private let context: PlatformContext
    private let settings: SoundSettings
    private let vault: ObjectVault
    private let programs: ChildPrograms
    private let decoder: AudioDecoder
    private let engine: SpeechEngine
    private let cache: SoundCache
    private let web: WebSounds
    private let prompts: PromptFolder
    /// What is made ahead must not hold up what is waited for.
    private let ahead = Gate(places: 2, maxWaiting: 64)

    /// Makes a library.
    ///
    /// - Parameters:
    ///   - client: fetches what is on the web.
    ///   - vault: where uploaded files are.
    package init(
        _ context: PlatformContext,
        settings: SoundSettings,
        client: GuardedClient,
        vault: ObjectVault
    ) {
        self.context = context
        self.settings = settings
        self.vault = vault
        let logger = context.logger
        programs = ChildPrograms(settings)
        decoder = AudioDecoder(programs: programs, settings: settings, logger: logger)
        engine = SpeechEngine(programs: programs, decoder: decoder, settings: settings, logger: logger)
        let disk = DiskCache(folder: settings.cacheFolder, maxBytes: settings.maxCacheBytes, logger: logger)
        cache = SoundCache(disk: disk, maxMemoryBytes: settings.maxMemoryBytes)
        web = WebSounds(
            client: client,
            decoder: decoder,
            cache: cache,
            disk: disk,
            settings: settings,
            clock: context.serverClock
        )
        prompts = PromptFolder(path: settings.promptsFolder, maxFileBytes: settings.maxFileBytes)
    }

    /// How many programs were started to make sounds.
    package var startedPrograms: Int { programs.startedCount }

    // MARK: Speech

    /// Begins to speak a text, and returns as soon as its first piece can be played. `loop` is left to the caller.
    ///
    /// - Throws: `SoundError` when there is nothing to say or the first piece cannot be spoken.
    package func speech(_ say: SayAction) async throws(SoundError) -> SpokenSound {
        let spoken = spoken(say)
        var pieces = spoken.pieces.makeAsyncIterator()
        guard try await pieces.next() != nil else { throw .nothingToSay }
        return spoken
    }

    private func spoken(_ say: SayAction) -> SpokenSound {
        let asked = say.language.flatMap(SpokenLanguage.init(tag:))
        let language = asked ?? .english
        let voice = SpeechVoice(named: say.voice)
        let texts = SpeechPieces.cut(TextExpander(language).expand(say.text))
        let pieces = SpokenPieces(
            speak: { text async throws(SoundError) -> AudioSource in try await piece(text, voice, language) },
            texts: texts
        )
        return SpokenSound(
            language: language,
            unknownLanguage: asked == nil ? say.language : nil,
            voice: voice,
            pieces: pieces
        )
    }

    private func piece(
        _ text: String,
        _ voice: SpeechVoice,
        _ language: SpokenLanguage
    ) async throws(SoundError) -> AudioSource {
        let key = engine.key(text, voice, language)
        let samples = try await cache.samples(key) { [engine] () async throws(SoundError) -> [Int16] in
            try await engine.samples(of: text, voice, language)
        }
        return .samples(samples)
    }

    // MARK: Sounds

    /// What to play for a sound.
    ///
    /// - Parameter workspaceID: whose uploads may be played.
    /// - Throws: `SoundError`.
    package func sound(
        _ sound: PlayAction.Sound,
        workspaceID: Identifier
    ) async throws(SoundError) -> AudioSource {
        switch sound {
        case .tone(let hertz, let duration): return .tone(hertz: Double(hertz), duration: duration)
        case .prompt(let name): return .samples(try await prompt(name))
        case .upload(let id): return .samples(try await upload(id, workspaceID))
        case .web(let url):
            guard let id = UploadLink.uploadID(in: url, publicURL: settings.publicURL) else {
                return .samples(try await web.samples(at: url))
            }
            return .samples(try await upload(id, workspaceID))
        }
    }

    private func prompt(_ name: String) async throws(SoundError) -> [Int16] {
        guard let found = await prompts.find(name) else { throw .unknown("prompt:\(name)") }
        let key = SoundCache.key("prompt", name, found.version)
        return try await cache.samples(key) { [prompts, decoder] () async throws(SoundError) -> [Int16] in
            guard let bytes = await prompts.read(found) else { throw .storage }
            return try await decoder.samples(of: bytes)
        }
    }

    private func upload(_ reference: String, _ workspaceID: Identifier) async throws(SoundError) -> [Int16] {
        let upload = try await find(reference, workspaceID)
        let key = SoundCache.key("upload", "\(upload.id)")
        return try await cache.samples(key) { [vault, decoder] () async throws(SoundError) -> [Int16] in
            let bytes: [UInt8]
            do { bytes = try await vault.read(upload.file).collect(upTo: Upload.largest) } catch { throw .storage }
            return try await decoder.samples(of: bytes)
        }
    }

    private func find(_ reference: String, _ workspaceID: Identifier) async throws(SoundError) -> Upload {
        guard let id = Identifier(parsing: reference) else { throw .unknown("upload:\(reference)") }
        do {
            return try await ReadUploads(context).one(id, workspaceID: workspaceID)
        } catch is PlatformError {
            throw .unknown("upload:\(reference)")
        } catch {
            context.logger.error("an upload cannot be looked up", metadata: ["error": "\(error)"])
            throw .storage
        }
    }

    // MARK: Ahead of time

    /// Begins to make what a document will need: nested prompts, whispers and waiting sounds too. What fails is told when
    /// it is played.
    package func prepare(_ actions: [VoiceAction], workspaceID: Identifier) {
        let wanted = actions.flatMap(\.sounds).prefix(settings.maxAhead)
        if wanted.isEmpty { return }
        Task.detached(priority: .utility) {
            guard await ahead.enter() else { return }
            for action in wanted { await make(action, workspaceID) }
            await ahead.leave()
        }
    }

    private func make(_ action: HeardAction, _ workspaceID: Identifier) async {
        switch action {
        case .speech(let say):
            var pieces = spoken(say).pieces.makeAsyncIterator()
            while (try? await pieces.next()) != nil {}
        case .sound(let sound): _ = try? await self.sound(sound, workspaceID: workspaceID)
        }
    }
}
