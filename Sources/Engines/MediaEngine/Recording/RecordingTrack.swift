/// One side of a recording: a short ring in which sound finds its place by its timestamp or by the moment it was made.
///
/// Places are samples since the recording began, pauses included.
struct RecordingTrack {
    /// Two seconds, and a power of two.
    private static let size = 16_384
    /// Sound that is placed further off than this begins a new line.
    private static let reach = 8000

    private var ring = [Int16](repeating: 0, count: size)
    /// The timestamp of place 0, once a packet has come.
    private var origin: UInt32?

    /// Places the samples of a packet. A stream that jumps far (a new source, a stalled sender) is lined up anew at `now`.
    ///
    /// - Parameter oldest: the place that is taken out next; what is older comes too late.
    mutating func place(
        _ samples: UnsafeBufferPointer<Int16>,
        timestamp: UInt32,
        oldest: Int,
        now: Int
    ) {
        let start = origin ?? timestamp &- UInt32(truncatingIfNeeded: now)
        var place = Int(Int32(bitPattern: timestamp &- UInt32(truncatingIfNeeded: oldest) &- start)) + oldest
        if origin == nil || place < oldest || place > oldest + Self.reach {
            if origin != nil, place < oldest, place > oldest - Self.reach { return }
            origin = timestamp &- UInt32(truncatingIfNeeded: now)
            place = now
        }
        unsafe self.place(samples, at: place)
    }

    /// Places samples where they belong.
    mutating func place(_ samples: UnsafeBufferPointer<Int16>, at place: Int) {
        for offset in samples.indices { unsafe ring[(place + offset) & (Self.size - 1)] = samples[offset] }
    }

    /// Takes a frame of 20 ms out, and appends it unless it is to be left out.
    mutating func take(at place: Int, into samples: inout [Int16], isKept: Bool) {
        for offset in 0..<160 {
            let index = (place + offset) & (Self.size - 1)
            if isKept { samples.append(ring[index]) }
            ring[index] = 0
        }
    }
}
