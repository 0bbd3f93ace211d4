/// Lines up what was heard and what was sent, 20 ms at a time, and hands it to the writer once a second.
///
/// Sound is taken out of its tracks a little after it was placed there, so that reordered packets find their place and missing
/// ones are silence.
struct Recorder {
    private static let delayFrames = 5
    private static let batchSamples = 8000

    /// Tells it from the others of its leg.
    let id: Int
    private let writer: RecordingWriter
    /// How many samples are recorded at most.
    private let limit: Int
    private var heard = RecordingTrack()
    private var said = RecordingTrack()
    /// The place of the next frame.
    private var position = 0
    private var frames = 0
    private var recorded = 0
    private var received: [Int16] = []
    private var sent: [Int16] = []
    /// Which of the last frames fell into a pause, by their number.
    private var pausedFrames = [Bool](repeating: false, count: 8)
    private(set) var pauses = 0
    private(set) var isPaused = false

    init(id: Int = 0, writer: RecordingWriter, limit: Int) {
        self.id = id
        self.writer = writer
        self.limit = limit
        received.reserveCapacity(Self.batchSamples)
        sent.reserveCapacity(Self.batchSamples)
    }

    private var now: Int { position + Self.delayFrames * 160 }

    /// Notes what a packet of the peer says.
    mutating func hear(_ samples: UnsafeBufferPointer<Int16>, timestamp: UInt32) {
        if !isPaused { unsafe heard.place(samples, timestamp: timestamp, oldest: position, now: now) }
    }

    /// Notes what is sent in this frame.
    mutating func say(_ samples: UnsafeBufferPointer<Int16>) {
        if !isPaused { unsafe said.place(samples, at: now) }
    }

    /// Notes a packet of somebody else that is passed on.
    mutating func pass(_ samples: UnsafeBufferPointer<Int16>, timestamp: UInt32) {
        if !isPaused { unsafe said.place(samples, timestamp: timestamp, oldest: position, now: now) }
    }

    /// Leaves out what comes from now on, or nothing any more. Each frame is in or out as a whole.
    mutating func setPaused(_ isOn: Bool) {
        if isOn, !isPaused { pauses += 1 }
        isPaused = isOn
    }

    /// Moves on by 20 ms; whether the recording has just become as long as it may.
    mutating func advance() -> Bool {
        guard recorded < limit else { return false }
        pausedFrames[(frames + Self.delayFrames) & 7] = isPaused
        frames += 1
        defer { position += 160 }
        guard frames > Self.delayFrames else { return false }
        let isKept = !pausedFrames[(frames - 1) & 7]
        heard.take(at: position, into: &received, isKept: isKept)
        said.take(at: position, into: &sent, isKept: isKept)
        if isKept { recorded += 160 }
        if received.count >= Self.batchSamples { flush() }
        return recorded >= limit
    }

    /// Writes what is left.
    mutating func finish(_ done: @escaping @Sendable (RecordingSummary) -> Void) {
        for _ in 0..<Self.delayFrames { _ = advance() }
        flush()
        writer.finish(pauses: pauses, done)
    }

    private mutating func flush() {
        guard !received.isEmpty else { return }
        writer.append(received: received, sent: sent)
        received.removeAll(keepingCapacity: true)
        sent.removeAll(keepingCapacity: true)
    }
}
