import Foundation
import MediaEngine
import Platform
import TestSupport
import Testing

@testable import Sound

/// Real speech by espeak-ng, decoded by sox.
@Suite(.timeLimit(.minutes(3))) struct SpeechTests {
    @Test func englishIsHeard() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let sound = try await world.library.speech(SayAction("Welcome to Duka la Wanjiku.", language: "en-KE"))
            #expect(sound.language == .english)
            #expect(sound.unknownLanguage == nil)
            #expect(sound.voice == .woman)
            #expect(sound.pieces.count == 1)
            let samples = try await world.spoken(SayAction("Welcome to Duka la Wanjiku.", language: "en-KE"))
            #expect((8000...40_000).contains(samples.count))
            #expect(samples.rms > 500)
        }
    }

    @Test func languagesAndVoicesDiffer() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let text = "Karibu, salio lako ni KES 2,500."
            let swahili = try await world.spoken(SayAction(text, language: "sw-KE"))
            let english = try await world.spoken(SayAction(text, language: "en-KE"))
            let man = try await world.spoken(SayAction(text, voice: "man", language: "sw-KE"))
            #expect(swahili.rms > 500)
            #expect(man.rms > 500)
            #expect(swahili != english)
            #expect(swahili != man)
            let chosen = try await world.library.speech(SayAction(text, language: "sw"))
            #expect(chosen.language == .swahili)
            let same = try await world.spoken(
                SayAction("Karibu, salio lako ni shilingi elfu mbili na mia tano.", language: "sw")
            )
            #expect(same == swahili)
        }
    }

    @Test func anUnknownLanguageIsEnglishAndSaysSo() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let sound = try await world.library.speech(SayAction("Bonjour tout le monde", language: "fr-FR"))
            #expect(sound.language == .english)
            #expect(sound.unknownLanguage == "fr-FR")
        }
    }

    @Test func whatWasSaidIsNotMadeAgain() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let say = SayAction("Your order is on its way to you now. Thank you for waiting so long.")
            let first = try await world.spoken(say)
            // Two pieces, each spoken and decoded.
            #expect(world.library.startedPrograms == 4)
            #expect(try await world.spoken(say) == first)
            #expect(world.library.startedPrograms == 4)
            let other = world.anotherLibrary()
            #expect(try await world.spoken(say, by: other) == first)
            #expect(other.startedPrograms == 0)
        }
    }

    @Test func theSameIsMadeOnceForAllWhoAsk() async throws {
        let world = try await SoundWorld()
        try await world.running {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { _ = try await world.spoken(SayAction("Good morning to you all.")) } }
                try await group.waitForAll()
            }
            #expect(world.library.startedPrograms == 2)
        }
    }

    /// The first piece comes long before the whole text could be spoken: each piece's program waits for a moment here.
    @Test func theFirstPieceDoesNotWaitForTheRest() async throws {
        let folder = try TemporaryFolder("engine")
        let log = folder.path("log")
        let engine = folder.path("engine")
        let script = """
            #!/bin/sh
            text=$(cat)
            echo "$text" >> \(log)
            echo "$text" | espeak-ng -v en --stdin --stdout
            """
        try Data(script.utf8).write(to: URL(filePath: engine))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: engine)
        let world = try await SoundWorld { $0.speechCommand = engine }
        try await world.running {
            let sentences = (1...6).map { "This is sentence number \($0) of a long text." }
            let sound = try await world.library.speech(SayAction(sentences.joined(separator: " ")))
            #expect(sound.pieces.count == 6)
            let begun = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").count
            #expect(begun <= 2)
            var count = 0
            for try await piece in sound.pieces {
                #expect(piece.allSamples.rms > 300)
                count += 1
            }
            #expect(count == 6)
        }
    }

    @Test func aProgramThatHangsIsKilled() async throws {
        let folder = try TemporaryFolder("engine")
        let (engine, mark) = (folder.path("engine"), folder.path("pid"))
        // It starts another, which must go too.
        try Data("#!/bin/sh\nsleep 600 &\necho $! > \(mark)\nwait\n".utf8).write(to: URL(filePath: engine))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: engine)
        let world = try await SoundWorld { ($0.speechCommand, $0.speechTimeout) = (engine, .seconds(2)) }
        try await world.running {
            let words = try await SoundError.words { _ = try await world.library.speech(SayAction("Hello there.")) }
            #expect(words == "engine took longer than 2.0 seconds")
            let text = try String(contentsOfFile: mark, encoding: .utf8)
            let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            _ = try await Waiting.until { Self.isRunning(child) ? nil : true }
        }
    }

    /// A program that has ended and waits to be noticed is not running.
    private static func isRunning(_ id: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else { return false }
        return stat.split(separator: ")").last?.split(separator: " ").first != "Z"
    }

    @Test(arguments: [
        ("/nowhere/engine", "engine cannot be started on this server"), ("false", "false failed"),
        ("cat", "cat failed"), ("yes", "the audio is longer than 1.0 seconds"),
    ])
    func aProgramThatFailsSaysSoInOurWords(_ command: String, _ expected: String) async throws {
        let world = try await SoundWorld { ($0.speechCommand, $0.longestSound) = (command, .seconds(1)) }
        try await world.running {
            let words = try await SoundError.words { _ = try await world.library.speech(SayAction("Hello there.")) }
            #expect(words == expected)
        }
    }

    /// The library under it once trapped, and the server with it, when a program ended before it had read its input.
    @Test func aProgramThatDoesNotReadItsInputDoesNoHarm() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let programs = ChildPrograms(world.settings)
            let input = [UInt8](repeating: 65, count: 1 << 20)
            for _ in 0..<20 {
                let said = try await programs.run(["true"], input: input, maxOutputBytes: 10, limit: .seconds(30))
                #expect(said.isEmpty)
                await #expect(throws: ChildFailure.self) {
                    try await programs.run(["false"], input: input, maxOutputBytes: 10, limit: .seconds(30))
                }
                await #expect(throws: ChildFailure.self) {
                    try await programs.run(["yes"], input: input, maxOutputBytes: 10, limit: .seconds(30))
                }
            }
        }
    }

    /// Text never reaches a shell or an option, and a program does not see our secrets.
    @Test func textIsOnlyText() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let samples = try await world.spoken(SayAction("-h --version; $(touch x) `id` \"quoted\" | cat"))
            #expect(samples.rms > 300)
            let programs = ChildPrograms(world.settings)
            let shown = try await programs.run(["env"], input: [], maxOutputBytes: 10_000, limit: .seconds(30))
            let names = String(decoding: shown, as: UTF8.self).split(separator: "\n").map { $0.prefix { $0 != "=" } }
            #expect(!names.isEmpty)
            #expect(Set(names).isSubset(of: ["PATH", "HOME", "TMPDIR", "LANG"]))
        }
    }

    @Test func nothingToSayIsAnError() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let words = try await SoundError.words { _ = try await world.library.speech(SayAction("...")) }
            #expect(words == "there is nothing to say in the text")
        }
    }

    @Test func aDocumentIsPreparedWithWhatIsNested() async throws {
        let world = try await SoundWorld()
        try await world.running {
            let (menu, whisper) = (SayAction("Press one for sales."), SayAction("A call from the shop."))
            let actions: [VoiceAction] = [
                .getDigits(GetDigitsAction(nested: [.say(menu)])),
                .dial(DialAction(.numbers(["+254712345678"]), whisper: [.say(whisper)])),
            ]
            world.library.prepare(actions, workspaceID: world.workspaceID)
            _ = try await Waiting.until { world.library.startedPrograms == 4 ? true : nil }
            _ = try await world.spoken(menu)
            _ = try await world.spoken(whisper)
            #expect(world.library.startedPrograms == 4)
        }
    }

    @Test(arguments: SpokenLanguage.allCases) func theApologyIsHeard(_ language: SpokenLanguage) async throws {
        let world = try await SoundWorld()
        try await world.running {
            let samples = try await world.spoken(Apology.action(in: language))
            #expect(samples.count > 16_000)
            #expect(samples.rms > 500)
        }
    }
}
