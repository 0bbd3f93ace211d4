import Crypto
import Foundation
import ObjectStorage
import Platform
import TestSupport
import Testing

/// What every store does: the folder and a real S3 server, plain and sealed.
@Suite(.timeLimit(.minutes(4))) struct StoreTests {
    private static let small = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7) }

    @Test func aFolderKeepsWhatItIsGiven() async throws {
        let shelf = try TestShelf()
        try await keepsFiles(shelf.store)
        try await keepsSealedFiles(shelf.store)
        await #expect(throws: ObjectFailure.self) { try await shelf.store.put(ObjectBytes([1]), as: "../outside") }
        await #expect(throws: ObjectFailure.self) { _ = try await shelf.store.read("/etc/passwd", nil) }
    }

    @Test func aBucketKeepsWhatItIsGiven() async throws {
        let peer = try await StorePeer()
        try await peer.opened { store in
            try await keepsFiles(store)
            try await keepsSealedFiles(store)
        }
    }

    private func keepsFiles(_ store: any ObjectStore) async throws {
        let name = "recordings/2026/06/27/a b+ü.wav"
        #expect(try await store.size(of: name) == nil)
        await #expect(throws: ObjectFailure.self) { _ = try await store.read(name, nil).collect(upTo: 10) }
        try await store.delete(name)
        for bytes in [Self.small, [], [1, 2, 3]] {
            try await store.put(ObjectBytes(bytes), as: name)
            #expect(try await store.size(of: name) == Int64(bytes.count))
            #expect(try await store.read(name, nil).collect(upTo: 200_000) == bytes)
        }
        #expect(try await store.read(name, 1..<2).collect(upTo: 10) == [2])
        #expect(try await store.read(name, 1..<9).collect(upTo: 10) == [2, 3])
        #expect(try await store.read(name, 5..<9).collect(upTo: 10) == [])
        #expect(try await store.read(name, 1..<1).collect(upTo: 10) == [])
        for _ in 0..<2 { try await store.delete(name) }
        #expect(try await store.size(of: name) == nil)
    }

    private func keepsSealedFiles(_ store: any ObjectStore) async throws {
        let vault = ObjectVault(store: store, keys: StorageKeys(current: .init(size: .bits256)))
        let name = vault.name(for: "recordings/sealed.wav")
        try await vault.put(ObjectBytes(Self.small), as: name)
        #expect(try await vault.size(of: name) == Int64(Self.small.count))
        #expect(try await vault.read(name).collect(upTo: 200_000) == Self.small)
        let part = try await vault.read(name, 65_530..<65_540).collect(upTo: 100)
        #expect(part == Array(Self.small[65_530..<65_540]))
        let raw = try await store.read(name, nil).collect(upTo: 200_000)
        #expect(raw.count > Self.small.count && Data(raw).range(of: Data(Self.small[100..<132])) == nil)
        try await vault.delete(name)
    }

    /// Nothing of a file that could not be read to its end is there.
    @Test func whatBreaksOffIsNotStored() async throws {
        struct Broken: Error {}
        let shelf = try TestShelf()
        let peer = try await StorePeer()
        let bytes = ObjectBytes {
            var count = 0
            return {
                count += 1
                if count > 7 { throw Broken() }
                return [UInt8](repeating: 1, count: 1 << 20)
            }
        }
        try await peer.opened { store in
            for store in [store, shelf.store] as [any ObjectStore] {
                await #expect(throws: Broken.self) { try await store.put(bytes, as: "broken") }
                let size = try await store.size(of: "broken")
                #expect(size == nil)
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: shelf.path(".parts")) == [])
    }
}
