/// Cuts pieces of any size into chunks of one size, and knows which is the last. The last is given only at the end, so a
/// chunk that is full waits for a byte after it.
struct ChunkCutter {
    private let size: Int
    private var held: [UInt8] = []
    private var start = 0

    init(size: Int64) {
        self.size = Int(size)
    }

    mutating func append(_ piece: [UInt8]) {
        if start > 0 {
            held.removeFirst(start)
            start = 0
        }
        held += piece
    }

    /// The next chunk that is not the last; nil when more bytes are needed to tell.
    mutating func next() -> ArraySlice<UInt8>? {
        guard held.count - start > size else { return nil }
        defer { start += size }
        return held[start..<(start + size)]
    }

    /// What remains, when no bytes come any more.
    var last: ArraySlice<UInt8> { held[start...] }
}
