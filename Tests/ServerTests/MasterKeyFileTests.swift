import Foundation
import Server
import TestSupport
import Testing

@Suite struct MasterKeyFileTests {
    @Test func isMadeOnceAndOnlyForItsOwner() async throws {
        let folder = try TemporaryFolder("key")
        let file = MasterKeyFile(path: folder.path("master.key"))
        let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { try file.readOrMake() } }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
        #expect(keys.first?.count == MasterKeyFile.byteCount)
        #expect(file.permissions == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["master.key"])
    }

    @Test func anotherFileIsNotOverwritten() throws {
        let folder = try TemporaryFolder("key")
        let path = folder.path("master.key")
        try "not a key".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: StorageFault.self) { try MasterKeyFile(path: path).readOrMake() }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "not a key")
    }
}
