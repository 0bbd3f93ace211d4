import Platform

/// Cuts a file into parts, and knows of each whether more follow.
struct PartCutter {
    private var source: ObjectBytes.AsyncIterator
    private let size: Int
    private var held: [UInt8] = []
    private var isOver = false

    init(_ bytes: ObjectBytes, size: Int) {
        source = bytes.makeAsyncIterator()
        self.size = size
    }

    /// Whether there is more than what was given.
    var hasMore: Bool { !held.isEmpty }

    /// The next part; nil at the end.
    mutating func next() async throws -> [UInt8]? {
        while !isOver, held.count <= size {
            if let piece = try await source.next() { held += piece } else { isOver = true }
        }
        if held.isEmpty { return nil }
        if held.count <= size {
            defer { held = [] }
            return held
        }
        let part = Array(held.prefix(size))
        held.removeFirst(size)
        return part
    }
}
