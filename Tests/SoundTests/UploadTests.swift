import Database
import Foundation
import MediaEngine
import ObjectStorage
import Platform
import Primitives
import TestSupport
import Testing

@testable import Sound

/// Uploads from the file to the samples that a call plays, on both databases.
@Suite(.timeLimit(.minutes(2))) struct UploadTests {
    private static let file =
        WaveFile.header(dataByteCount: 16_000)
        + Samples.bytes(ToneGenerator.samples(hertz: 440, duration: .seconds(1)))

    private func save(
        _ world: SoundWorld,
        _ bytes: [UInt8] = file,
        name: String = "greeting.wav"
    ) async throws -> Upload {
        let inspector = AudioInspection(world.settings, logger: world.context.logger)
        return try await SaveUpload(world.context, vault: world.uploads, inspector: inspector)(
            bytes,
            name: name,
            workspaceID: world.workspaceID
        ).upload
    }

    @Test(arguments: TestDatabase.Engine.allCases) func anUploadIsPlayedByItsOwnOnly(
        _ engine: TestDatabase.Engine
    ) async throws {
        let world = try await SoundWorld(engine)
        try await world.running {
            let upload = try await save(world)
            #expect(upload.mimeType == "audio/wav")
            #expect(upload.duration == .seconds(1))
            #expect(upload.sizeBytes == Int64(Self.file.count))
            let id = upload.id.rendered(prefix: "aud")
            let samples = try await world.library.sound(.upload(id), workspaceID: world.workspaceID).allSamples
            #expect(Goertzel.share(of: 440, in: samples) > 0.9)
            let link =
                "https://api.example.com" + UploadLink(world.context).path(of: upload, expiresAt: world.clock.now())
            let linked = try await world.library.sound(.web(link), workspaceID: world.workspaceID).allSamples
            #expect(linked == samples)
            let other = try await CreateWorkspace(world.context)(name: "Other", email: "dev@other.example.co.ke")
            let words = try await SoundError.words {
                _ = try await world.library.sound(.upload(id), workspaceID: other.workspace.id)
            }
            #expect(words == "there is no sound 'upload:\(id)'")
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases) func whatIsDeletedIsGone(_ engine: TestDatabase.Engine) async throws
    {
        let world = try await SoundWorld(engine)
        try await world.running {
            let upload = try await save(world)
            let path = world.folder.path("store/\(upload.file)")
            #expect(FileManager.default.fileExists(atPath: path))
            _ = try await world.library.sound(.upload("\(upload.id)"), workspaceID: world.workspaceID)
            try await RemoveUpload(world.context)(upload.id, workspaceID: world.workspaceID)
            #expect(try await PurgeUploads(world.context, vault: world.uploads)() == 1)
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(try await PurgeUploads(world.context, vault: world.uploads)() == 0)
            await #expect(throws: SoundError.self) {
                try await world.library.sound(.upload("\(upload.id)"), workspaceID: world.workspaceID)
            }
        }
    }

    /// A crash between the row and the file, or after the file, leaves nothing for ever.
    @Test(arguments: TestDatabase.Engine.allCases) func whatWasNotFinishedGoesAgain(
        _ engine: TestDatabase.Engine
    ) async throws {
        let world = try await SoundWorld(engine)
        try await world.running {
            let broken = FaultyStore(FolderStore(path: world.folder.path("broken")))
            broken.fault.withLock { $0 = .before }
            await #expect(throws: FaultyStore.Fault.self) {
                let inspector = AudioInspection(world.settings, logger: world.context.logger)
                _ = try await SaveUpload(world.context, vault: ObjectVault(store: broken), inspector: inspector)(
                    Self.file,
                    name: "x",
                    workspaceID: world.workspaceID
                )
            }
            let page = try await ReadUploads(world.context).page(workspaceID: world.workspaceID, before: nil, limit: 10)
            #expect(page.uploads.isEmpty)
            #expect(try await PurgeUploads(world.context, vault: world.uploads)() == 0)
            world.clock.advance(by: .seconds(601))
            #expect(try await PurgeUploads(world.context, vault: world.uploads)() == 1)
        }
    }

    @Test(arguments: ["not audio at all, but long enough", ""]) func whatIsNoAudioIsRefused(_ text: String) async throws
    {
        let world = try await SoundWorld()
        try await world.running {
            let error = await #expect(throws: PlatformError.self) { _ = try await save(world, Array(text.utf8)) }
            #expect(error?.code == .uploadNotAudio)
        }
    }
}
