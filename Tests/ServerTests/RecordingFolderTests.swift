import Foundation
import TestSupport
import Testing

@testable import Server

/// The folder that recordings are deleted from.
@Suite struct RecordingFolderTests {
    @Test func filesAreDeletedAndThoseThatAreGoneAreNoFault() async throws {
        let folder = try TemporaryFolder("recordings")
        let day = folder.path("2026/06/27")
        try FileManager.default.createDirectory(atPath: day, withIntermediateDirectories: true)
        for name in ["a-mix.wav", "a-sent.wav", "b-mix.wav"] {
            try Data("sound".utf8).write(to: URL(filePath: "\(day)/\(name)"))
        }
        let store = RecordingFolder(path: folder.path("."))
        let names = ["2026/06/27/a-mix.wav", "2026/06/27/a-received.wav", "2026/06/27/a-sent.wav", "2025/01/01/x.wav"]
        for _ in 0..<2 { try await store.remove(names) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: day) == ["b-mix.wav"])
        // What cannot be deleted is told.
        await #expect(throws: StorageFault.self) { try await store.remove(["2026/06/27"]) }
    }
}
