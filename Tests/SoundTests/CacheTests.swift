import Foundation
import Logging
import MediaEngine
import TestSupport
import Testing

@testable import Sound

@Suite(.timeLimit(.minutes(1))) struct CacheTests {
    private func disk(_ folder: TemporaryFolder, maxBytes: Int64 = 1_000_000) -> DiskCache {
        DiskCache(folder: folder.path("sounds"), maxBytes: maxBytes, logger: Logger(label: "test"))
    }

    private func files(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path("sounds")).filter { $0.hasSuffix(".wav") }
    }

    @Test func samplesComeBackAsTheyWere() async throws {
        let folder = try TemporaryFolder("cache")
        let samples = (0..<1000).map { Int16(truncatingIfNeeded: $0 * 77) }
        let key = SoundCache.key("a", "b")
        let first = SoundCache(disk: disk(folder), maxMemoryBytes: 10_000)
        let made = try await first.samples(key) { samples }
        #expect(made == samples)
        let second = SoundCache(disk: disk(folder), maxMemoryBytes: 10_000)
        #expect(await second.find(key) == samples)
        let name = try #require(try files(folder).first)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path("sounds/\(name)"))))
        #expect(try WaveFile.samples(parsing: bytes) == samples)
    }

    @Test(arguments: [0, 20, 44, 100, 2043]) func aTornFileIsMadeAgain(_ length: Int) async throws {
        let folder = try TemporaryFolder("cache")
        let samples = [Int16](repeating: 5, count: 1000)
        let key = SoundCache.key("a")
        _ = try await SoundCache(disk: disk(folder), maxMemoryBytes: 10_000).samples(key) { samples }
        let file = URL(filePath: folder.path("sounds/\(try #require(try files(folder).first))"))
        try Data(try Data(contentsOf: file).prefix(length)).write(to: file)
        let other = SoundCache(disk: disk(folder), maxMemoryBytes: 10_000)
        #expect(await other.find(key) == nil)
        let again = try await other.samples(key) { [1, 2] }
        #expect(again == [1, 2])
    }

    @Test func whatFailedIsNotKept() async throws {
        let cache = SoundCache(disk: disk(try TemporaryFolder("cache")), maxMemoryBytes: 10_000)
        let key = SoundCache.key("a")
        await #expect(throws: SoundError.self) {
            try await cache.samples(key) { () async throws(SoundError) -> [Int16] in throw .busy }
        }
        let made = try await cache.samples(key) { [7] }
        #expect(made == [7])
    }

    @Test func partsOfKeysDoNotRunIntoEachOther() {
        #expect(SoundCache.key("ab", "c") != SoundCache.key("a", "bc"))
        #expect(SoundCache.key("a").utf8.count == 64)
    }

    /// The folder keeps to its size, and what was heard last stays.
    @Test func theDiskForgetsWhatWasNotHeardForLongest() async throws {
        let folder = try TemporaryFolder("cache")
        let disk = disk(folder, maxBytes: 50_000)
        let kept = "aa-kept.wav"
        await disk.write([UInt8](repeating: 1, count: 4000), as: kept)
        for index in 0..<40 {
            let name = "\(10 + index)-x.wav"
            await disk.write([UInt8](repeating: 1, count: 4000), as: name)
            // As if a minute passed for each, from an hour ago.
            let date = Date(timeIntervalSinceNow: Double(index * 60 - 3600))
            let path = folder.path("sounds/\(name.prefix(2))/\(name)")
            try? FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
            #expect(await disk.read(kept) != nil)
        }
        let left = try files(folder)
        #expect((5...13).contains(left.count))
        #expect(left.contains { $0.hasSuffix(kept) })
        #expect(!left.contains { $0.hasSuffix("10-x.wav") })
    }

    @Test func memoryForgetsWhatWasNotHeardForLongest() {
        var cache = MemoryCache(maxBytes: 4000)
        for name in ["a", "b", "c", "d"] { cache.insert([Int16](repeating: 1, count: 500), for: name) }
        #expect(cache.find("a") != nil)
        cache.insert([Int16](repeating: 1, count: 500), for: "e")
        #expect(cache.find("b") == nil)
        #expect(cache.find("a") != nil && cache.find("e") != nil)
        #expect(cache.byteCount == 4000)
        cache.insert([Int16](repeating: 1, count: 5000), for: "huge")
        #expect(cache.find("huge") == nil)
        #expect(cache.byteCount == 4000)
    }

    @Test func gatesLetInAFew() async throws {
        let gate = Gate(places: 1, maxWaiting: 1)
        #expect(await gate.enter())
        async let second = gate.enter()
        // The second waits; one more is too many.
        _ = try await Waiting.until { await gate.waitingCount == 1 ? true : nil }
        #expect(await !gate.enter())
        await gate.leave()
        #expect(await second)
    }
}
