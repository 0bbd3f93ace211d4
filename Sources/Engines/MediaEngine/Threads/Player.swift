/// What a leg plays, one thing after another.
struct Player {
    private struct Item {
        let id: Int
        let sound: Sound
        var loops: Int
    }

    private var queue: [Item] = []
    private var position = 0

    mutating func add(_ sound: Sound, loops: Int, id: Int) {
        queue.append(Item(id: id, sound: sound, loops: max(1, loops)))
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

    /// Fills a frame, silence where there is nothing, and returns the id of what ended within it; what comes next begins
    /// with the next frame.
    mutating func fill(_ frame: UnsafeMutableBufferPointer<Int16>) -> Int? {
        var filled = 0
        while filled < frame.count, let sound = queue.first?.sound {
            let length = min(frame.count - filled, sound.count - position)
            let part = unsafe UnsafeMutableBufferPointer(rebasing: frame[filled..<(filled + length)])
            unsafe sound.copy(from: position, to: part)
            filled += length
            position += length
            if position == sound.count, let ended = finishRound() {
                unsafe Self.silence(frame, from: filled)
                return ended
            }
        }
        unsafe Self.silence(frame, from: filled)
        return nil
    }

    /// Begins the next round of what is playing, or drops it and returns its id.
    private mutating func finishRound() -> Int? {
        position = 0
        queue[0].loops -= 1
        return queue[0].loops > 0 ? nil : queue.removeFirst().id
    }

    private static func silence(_ frame: UnsafeMutableBufferPointer<Int16>, from start: Int) {
        for index in start..<frame.count { unsafe frame[index] = 0 }
    }
}
