/// The frames that wait to be taken from a tap. When there is no room the oldest goes.
struct FrameRing {
    private static let frameSamples = 160

    private var samples: [Int16]
    private let capacity: Int
    /// Frames put in so far, and the number of the oldest that is still there.
    private var end = 0
    private var start = 0
    /// Frames that went untaken.
    private(set) var dropped = 0

    init(capacity: Int) {
        self.capacity = capacity
        samples = [Int16](repeating: 0, count: capacity * Self.frameSamples)
    }

    var isEmpty: Bool { start == end }

    /// Puts in a frame, made sample by sample.
    mutating func push(_ sample: (Int) -> Int16) {
        if end - start == capacity {
            start += 1
            dropped += 1
        }
        let place = end % capacity * Self.frameSamples
        for index in 0..<Self.frameSamples { samples[place + index] = sample(index) }
        end += 1
    }

    /// The oldest frame and its number; nil when none waits.
    mutating func pop() -> (number: Int, samples: [Int16])? {
        guard start < end else { return nil }
        let place = start % capacity * Self.frameSamples
        defer { start += 1 }
        return (start, Array(samples[place..<(place + Self.frameSamples)]))
    }
}
