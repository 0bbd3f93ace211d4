import Foundation
import MediaEngine
import Platform
import TestSupport
import Testing

@testable import Sound

@Suite(.timeLimit(.minutes(1))) struct PromptTests {
    private func put(_ samples: [Int16], as name: String, in world: SoundWorld) throws {
        let folder = world.folder.path("prompts")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = WaveFile.header(dataByteCount: 2 * samples.count) + Samples.bytes(samples)
        try Data(file).write(to: URL(filePath: "\(folder)/\(name).wav"))
    }

    @Test func aPromptIsPlayedAsItIsNow() async throws {
        let world = try await SoundWorld()
        try await world.running {
            try put([1, 2, 3, 4], as: "welcome", in: world)
            let sound = PlayAction.Sound.prompt("welcome")
            #expect(try await world.library.sound(sound, workspaceID: world.workspaceID).allSamples == [1, 2, 3, 4])
            #expect(try await world.library.sound(sound, workspaceID: world.workspaceID).allSamples == [1, 2, 3, 4])
            #expect(world.library.startedPrograms == 1)
            try put([5, 6, 7, 8, 9], as: "welcome", in: world)
            #expect(try await world.library.sound(sound, workspaceID: world.workspaceID).allSamples == [5, 6, 7, 8, 9])
        }
    }

    @Test(arguments: ["missing", "../secret", "", "a/b", "a\u{0}b"]) func otherNamesAreUnknown(
        _ name: String
    ) async throws {
        let world = try await SoundWorld()
        try await world.running {
            try put([1, 2, 3, 4], as: "../secret", in: world)
            let words = try await SoundError.words {
                _ = try await world.library.sound(.prompt(name), workspaceID: world.workspaceID)
            }
            #expect(words == "there is no sound 'prompt:\(name)'")
        }
    }

    @Test func tonesNeedNoProgram() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let tone = try await world.library.sound(.tone(hertz: 440, .seconds(1)), workspaceID: world.workspaceID)
            #expect(tone.allSamples.count == 8000)
            #expect(world.library.startedPrograms == 0)
        }
    }
}
