/// Lines up what was heard and what was sent, 20 ms at a time, and hands it to the writer once a second.
///
/// What is heard is put in a short ring by its RTP timestamp and taken out a little later, so that reordered packets find
/// their place and missing ones are silence.
struct Recorder {
    private static let delayFrames = 5
    private static let ringSamples = 16_384
    private static let batchSamples = 8000

    private let writer: RecordingWriter
    private let limit: Int
    private var ring = [Int16](repeating: 0, count: ringSamples)
    private var sentRing = [Int16](repeating: 0, count: ringSamples)
    /// Samples recorded so far: the place of the next frame.
    private var position = 0
    /// The place of RTP timestamp 0, once a packet has come.
    private var origin: UInt32?
    private var received: [Int16] = []
    private var sent: [Int16] = []
    private var frames = 0

    init(writer: RecordingWriter, limit: Int) {
        self.writer = writer
        self.limit = limit
        received.reserveCapacity(Self.batchSamples)
        sent.reserveCapacity(Self.batchSamples)
    }

    /// Places a heard sample run. A stream that jumps far (a new source, a stalled sender) is lined up anew.
    mutating func hear(_ samples: UnsafeBufferPointer<Int16>, timestamp: UInt32) {
        let now = position + Self.delayFrames * 160
        let start = origin ?? timestamp &- UInt32(truncatingIfNeeded: now)
        var place = Int(Int32(bitPattern: timestamp &- start))
        if origin == nil || place < position || place > position + 8000 {
            if origin != nil, place < position, place > position - 8000 { return }
            origin = timestamp &- UInt32(truncatingIfNeeded: now)
            place = now
        }
        for offset in samples.indices { unsafe ring[(place + offset) % Self.ringSamples] = samples[offset] }
    }

    /// Notes what is sent in this frame.
    mutating func say(_ samples: UnsafeBufferPointer<Int16>) {
        let place = position + Self.delayFrames * 160
        for offset in samples.indices { unsafe sentRing[(place + offset) % Self.ringSamples] = samples[offset] }
    }

    /// Moves on by 20 ms.
    mutating func advance() {
        guard position < limit else { return }
        frames += 1
        guard frames > Self.delayFrames else {
            position += 160
            return
        }
        for offset in 0..<160 {
            let index = (position + offset) % Self.ringSamples
            received.append(ring[index])
            sent.append(sentRing[index])
            ring[index] = 0
            sentRing[index] = 0
        }
        position += 160
        if received.count >= Self.batchSamples { flush() }
    }

    /// Writes what is left.
    mutating func finish(_ done: @escaping @Sendable (RecordingSummary) -> Void) {
        for _ in 0..<Self.delayFrames { advance() }
        flush()
        writer.finish(done)
    }

    private mutating func flush() {
        guard !received.isEmpty else { return }
        writer.append(received: received, sent: sent)
        received.removeAll(keepingCapacity: true)
        sent.removeAll(keepingCapacity: true)
    }
}
