import Crypto
import Foundation
import Logging
import MediaEngine
import NIOPosix
import ObjectStorage
import OutboundHTTP
import Platform
import Primitives
import TestSupport

@testable import Sound

/// A library with real programs, on folders and a database of the test's own.
struct SoundWorld: Sendable {
    let context: PlatformContext
    let clock = ManualWallClock()
    let workspaceID: Identifier
    let folder: TemporaryFolder
    let settings: SoundSettings
    let client: GuardedClient
    let uploads: ObjectVault
    let library: SoundLibrary

    init(
        _ engine: TestDatabase.Engine = .sqlite,
        policy: DestinationPolicy = DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
        adjust: (inout SoundSettings) -> Void = { _ in }
    ) async throws {
        context = PlatformContext(
            database: try await TestDatabase.make(engine, migrations: PlatformSchema.migrations).database,
            clock: clock,
            ids: SystemIdentifierSource(clock: clock),
            secrets: SecretBox(masterKey: SymmetricKey(size: .bits256)),
            logger: Logger(label: "test")
        )
        workspaceID = try await CreateWorkspace(context)(name: "Duka la Wanjiku", email: "dev@duka.example.co.ke")
            .workspace.id
        folder = try TemporaryFolder("sound")
        var settings = SoundSettings(
            cacheFolder: folder.path("sounds"),
            promptsFolder: folder.path("prompts"),
            publicURL: "https://api.example.com"
        )
        // The tests of a busy machine are slower than its calls.
        (settings.speechTimeout, settings.decodeTimeout) = (.seconds(60), .seconds(60))
        settings.fetchTimeout = .seconds(60)
        adjust(&settings)
        self.settings = settings
        client = GuardedClient(
            policy: policy,
            resolver: SystemHostResolver(group: MultiThreadedEventLoopGroup.singleton),
            group: MultiThreadedEventLoopGroup.singleton
        )
        uploads = ObjectVault(store: FolderStore(path: folder.path("store")))
        library = SoundLibrary(context, settings: settings, client: client, vault: uploads)
    }

    /// Another node's library on the same folder.
    func anotherLibrary() -> SoundLibrary {
        SoundLibrary(context, settings: settings, client: client, vault: uploads)
    }

    /// Runs `body` and closes what is open.
    func running<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        let result: Result<T, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        await client.shutDown()
        return try result.get()
    }

    /// The samples of a file of the web.
    func samples(_ url: String) async throws -> [Int16] {
        try await library.sound(.web(url), workspaceID: workspaceID).allSamples
    }

    /// All samples of what is said.
    func spoken(_ say: SayAction, by library: SoundLibrary? = nil) async throws -> [Int16] {
        var samples: [Int16] = []
        for try await piece in try await (library ?? self.library).speech(say).pieces {
            samples += piece.allSamples
        }
        return samples
    }
}

extension AudioSource {
    /// The samples themselves.
    var allSamples: [Int16] {
        switch self {
        case .samples(let samples): samples
        case .tone(let hertz, let duration): ToneGenerator.samples(hertz: hertz, duration: duration)
        }
    }
}

extension [Int16] {
    /// The loudness: the root of the mean square.
    var rms: Double {
        (reduce(0.0) { $0 + Double($1) * Double($1) } / Double(Swift.max(1, count))).squareRoot()
    }
}

extension SoundError {
    /// What a body throws as words; nil when it throws nothing.
    static func words(_ body: () async throws -> Void) async throws -> String? {
        do {
            try await body()
            return nil
        } catch let error as SoundError {
            return error.description
        }
    }
}
