import Crypto
import Foundation
import ObjectStorage
import TestSupport
import Testing

@testable import Platform

/// Files that are sealed: what goes in comes out, and nothing else ever does.
@Suite struct SealTests {
    private static let name = "recordings/a.wav.sealed"
    private static let chunk = Int(SealedLayout.chunkSize)

    private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 * 131 >> 3) } }

    private func vault(_ shelf: TestShelf, _ current: SymmetricKey, _ previous: [SymmetricKey] = []) -> ObjectVault {
        ObjectVault(store: shelf.store, keys: StorageKeys(current: current, previous: previous))
    }

    @Test(arguments: [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 17])
    func whatGoesInComesOut(_ count: Int) async throws {
        let shelf = try TestShelf(keys: StorageKeys(current: .init(size: .bits256)))
        let bytes = Self.bytes(count)
        try await shelf.vault.put(ObjectBytes(bytes), as: Self.name)
        #expect(try await shelf.vault.size(of: Self.name) == Int64(count))
        #expect(try await shelf.vault.read(Self.name).collect(upTo: count) == bytes)
        let stored = try await shelf.store.size(of: Self.name)
        #expect(stored == SealedLayout.sealedSize(ofSize: Int64(count)))
        let edges = [0, 1, count / 2, Self.chunk - 1, Self.chunk, Self.chunk + 1, count - 1, count, count + 5]
        for first in edges where first >= 0 {
            for last in edges where last >= first {
                let part = try await shelf.vault.read(Self.name, Int64(first)..<Int64(last)).collect(upTo: count)
                #expect(part == Array(bytes[min(first, count)..<min(last, count)]), "\(first)..<\(last)")
            }
        }
    }

    @Test func twoFilesWithTheSameBytesAreNotTheSame() async throws {
        let shelf = try TestShelf(keys: StorageKeys(current: .init(size: .bits256)))
        var stored: [[UInt8]] = []
        for _ in 0..<2 {
            try await shelf.vault.put(ObjectBytes(Self.bytes(100)), as: Self.name)
            stored.append(try await shelf.store.read(Self.name, nil).collect(upTo: 1000))
        }
        #expect(stored[0] != stored[1])
    }

    /// What is done to a sealed file of two and a half chunks.
    enum Harm: CaseIterable {
        case magic, version, keyName, wrappedKey, firstNonce, firstByte, lastByte, lastTag
        case chunksSwapped, chunkRepeated, lastChunkCut, lastChunkShortened, firstChunkCut, byteAdded, header

        func done(to bytes: [UInt8]) -> [UInt8] {
            let (head, chunk) = (Int(SealedLayout.headerSize), Int(SealedLayout.sealedChunkSize))
            let (first, second) = (head..<(head + chunk), (head + chunk)..<(head + 2 * chunk))
            var copy = bytes
            switch self {
            case .magic: copy[0] ^= 1
            case .version: copy[8] ^= 1
            case .keyName: copy[12] ^= 1
            case .wrappedKey: copy[40] ^= 1
            case .firstNonce: copy[head] ^= 1
            case .firstByte: copy[head + 12] ^= 1
            case .lastByte: copy[bytes.count - 17] ^= 1
            case .lastTag: copy[bytes.count - 1] ^= 1
            case .chunksSwapped:
                copy = Array(bytes[..<head] + bytes[second] + bytes[first] + bytes[second.upperBound...])
            case .chunkRepeated: copy = Array(bytes[..<second.lowerBound] + bytes[first] + bytes[second.upperBound...])
            case .lastChunkCut: copy = Array(bytes[..<second.upperBound])
            case .lastChunkShortened: copy = Array(bytes.dropLast(5))
            case .firstChunkCut: copy = Array(bytes[..<head] + bytes[second.lowerBound...])
            case .byteAdded: copy.append(0)
            case .header: copy = Array(bytes.prefix(head - 1))
            }
            return copy
        }
    }

    @Test(arguments: Harm.allCases) func whatWasChangedDoesNotOpen(_ harm: Harm) async throws {
        let shelf = try TestShelf(keys: StorageKeys(current: .init(size: .bits256)))
        try await shelf.vault.put(ObjectBytes(Self.bytes(2 * Self.chunk + 500)), as: Self.name)
        let sealed = try await shelf.store.read(Self.name, nil).collect(upTo: 1 << 20)
        try await shelf.store.put(ObjectBytes(harm.done(to: sealed)), as: Self.name)
        await #expect(throws: ObjectFailure.self) {
            _ = try await shelf.vault.read(Self.name).collect(upTo: 1 << 20)
        }
    }

    @Test func aFileIsBoundToItsName() async throws {
        let shelf = try TestShelf(keys: StorageKeys(current: .init(size: .bits256)))
        try await shelf.vault.put(ObjectBytes([1, 2, 3]), as: Self.name)
        let sealed = try await shelf.store.read(Self.name, nil).collect(upTo: 1000)
        try await shelf.store.put(ObjectBytes(sealed), as: "recordings/b.wav.sealed")
        await #expect(throws: ObjectFailure.self) { _ = try await shelf.vault.read("recordings/b.wav.sealed") }
    }

    @Test func keysAreChangedWithoutTouchingFiles() async throws {
        let shelf = try TestShelf()
        let (old, new) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
        try await vault(shelf, old).put(ObjectBytes([1, 2, 3]), as: Self.name)
        #expect(try await vault(shelf, new, [old]).read(Self.name).collect(upTo: 10) == [1, 2, 3])
        for other in [vault(shelf, new), vault(shelf, new, [SymmetricKey(size: .bits256)]), shelf.vault] {
            await #expect(throws: ObjectFailure.self) { _ = try await other.read(Self.name) }
        }
        // What the new one seals, the old one alone does not open.
        try await vault(shelf, new, [old]).put(ObjectBytes([4]), as: Self.name)
        await #expect(throws: ObjectFailure.self) { _ = try await vault(shelf, old).read(Self.name) }
    }

    @Test func aNameSaysWhetherItsFileIsSealed() async throws {
        let shelf = try TestShelf(keys: StorageKeys(current: .init(size: .bits256)))
        #expect(shelf.vault.name(for: "a.wav") == "a.wav.sealed")
        #expect(try TestShelf().vault.name(for: "a.wav") == "a.wav")
        // From before there was a key.
        try await shelf.store.put(ObjectBytes([1]), as: "old.wav")
        #expect(try await shelf.vault.read("old.wav").collect(upTo: 10) == [1])
        // A plain file in a sealed one's place is none.
        try await shelf.store.put(ObjectBytes(Self.bytes(200)), as: Self.name)
        await #expect(throws: ObjectFailure.self) { _ = try await shelf.vault.read(Self.name) }
    }

    @Test func sizesThatNoSealedFileHasAreKnown() {
        for size in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] as [Int64] {
            #expect(SealedLayout.size(ofSealed: SealedLayout.sealedSize(ofSize: size)) == size)
        }
        let impossible: [Int64] = [0, 80, 107, 80 + 65_564 + 1, 80 + 65_564 + 28, -1]
        #expect(impossible.allSatisfy { SealedLayout.size(ofSealed: $0) == nil })
    }
}
