import Crypto
import Foundation
import Logging
import MediaEngine

/// Made sounds by what they were made of: in memory, and on the disk beyond that.
actor SoundCache {
    private var memory: MemoryCache
    private let disk: DiskCache
    private let flights = SingleFlight<[Int16]>()

    init(disk: DiskCache, maxMemoryBytes: Int) {
        self.disk = disk
        memory = MemoryCache(maxBytes: maxMemoryBytes)
    }

    /// The name of what was made of these parts.
    static func key(_ parts: String...) -> String {
        var hash = SHA256()
        for part in parts {
            hash.update(data: Data("\(part.utf8.count):".utf8))
            hash.update(data: Data(part.utf8))
        }
        return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// The samples that are kept under a name; nil for none.
    func find(_ key: String) async -> [Int16]? {
        if let known = memory.find(key) { return known }
        guard let samples = await Self.load(key, from: disk) else { return nil }
        memory.insert(samples, for: key)
        return samples
    }

    /// The samples that are kept under a name, or those that `make` makes, which are kept then.
    func samples(
        _ key: String,
        makingBy make: @escaping @Sendable () async throws(SoundError) -> [Int16]
    ) async throws(SoundError) -> [Int16] {
        if let known = memory.find(key) { return known }
        let samples = try await flights.value(of: key) { [disk] () async throws(SoundError) -> [Int16] in
            if let found = await Self.load(key, from: disk) { return found }
            let made = try await make()
            let file = WaveFile.header(dataByteCount: 2 * made.count) + Samples.bytes(made)
            await disk.write(file, as: key + ".wav")
            return made
        }
        memory.insert(samples, for: key)
        return samples
    }

    /// A file that is not as long as it says was cut off by a power failure.
    private static func load(_ key: String, from disk: DiskCache) async -> [Int16]? {
        guard let file = await disk.read(key + ".wav"), file.count > WaveFile.headerByteCount else { return nil }
        let samples = Samples.parse(file[WaveFile.headerByteCount...])
        let header = WaveFile.header(dataByteCount: 2 * samples.count)
        return file.starts(with: header) ? samples : nil
    }
}
