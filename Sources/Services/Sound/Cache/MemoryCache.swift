/// Sounds in memory; those that were not heard for longest go first.
struct MemoryCache {
    private struct Entry {
        let samples: [Int16]
        var lastUse: UInt64
    }

    private let maxBytes: Int
    private var entries: [String: Entry] = [:]
    private(set) var byteCount = 0
    private var uses: UInt64 = 0

    init(maxBytes: Int) {
        self.maxBytes = maxBytes
    }

    mutating func find(_ key: String) -> [Int16]? {
        guard let entry = entries[key] else { return nil }
        uses += 1
        entries[key]?.lastUse = uses
        return entry.samples
    }

    /// Keeps a sound; one that takes more than a quarter of the room is left to the disk.
    mutating func insert(_ samples: [Int16], for key: String) {
        let size = 2 * samples.count
        guard size <= maxBytes / 4, entries[key] == nil else { return }
        uses += 1
        entries[key] = Entry(samples: samples, lastUse: uses)
        byteCount += size
        while byteCount > maxBytes, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            byteCount -= 2 * oldest.value.samples.count
        }
    }
}
