/// What a leg plays, one thing after another.
struct Player {
    private struct Item {
        let id: Int
        let samples: [Int16]
        var loops: Int
    }

    private var queue: [Item] = []
    private var position = 0

    mutating func add(_ samples: [Int16], loops: Int, id: Int) {
        queue.append(Item(id: id, samples: samples, loops: max(1, loops)))
    }

    /// Drops everything and returns what it was.
    mutating func stop() -> [Int] {
        defer {
            queue = []
            position = 0
        }
        return queue.map(\.id)
    }

    var isIdle: Bool { queue.isEmpty }

    /// Fills a frame, silence where there is nothing, and returns the id of what ended within it.
    mutating func fill(_ frame: UnsafeMutableBufferPointer<Int16>) -> Int? {
        var ended: Int?
        for index in frame.indices {
            while ended == nil, let item = queue.first, position >= item.samples.count {
                position = 0
                queue[0].loops -= 1
                if queue[0].loops <= 0 {
                    ended = item.id
                    queue.removeFirst()
                }
            }
            guard ended == nil, let item = queue.first else {
                unsafe frame[index] = 0
                continue
            }
            unsafe frame[index] = item.samples[position]
            position += 1
        }
        return ended
    }
}
