/// Evens out when a peer's packets come: sound goes in by its timestamp and comes out every 20 ms, late enough that the next
/// packet is there, and no later.
///
/// The delay grows by 20 ms when a packet comes too late, up to 120 ms, and shrinks when none has needed it for two seconds,
/// which also makes up for clocks that differ.
package struct JitterBuffer: Sendable {
    private static let frameSamples = 160
    /// Half a second, and a power of two.
    private static let size = 4096
    /// 120 ms.
    private static let longest = 960
    /// 40 ms.
    private static let first = 320
    /// Two seconds of packets.
    private static let window = 100
    /// After so many late packets in a row the stream has moved, and not the network.
    private static let mostLate = 5

    private var ring = [Int16](repeating: 0, count: size)
    /// The timestamp of the sample that is due next, once a packet has come.
    private var next: UInt32?
    private var isGrowing = false
    private var isShrinking = false
    private var lateInARow = 0
    /// By how much the packets of this window were early at least, and how many they are.
    private var spare = Int.max
    private var count = 0

    /// The frame that was taken last, or silence.
    package private(set) var frame = [Int16](repeating: 0, count: frameSamples)
    /// How long the last packet that came in time waits to be taken, in samples.
    package private(set) var delay = first

    /// Makes a buffer that has heard nothing.
    package init() {}

    /// Puts the samples of a packet in their place.
    package mutating func put(_ samples: UnsafeBufferPointer<Int16>, timestamp: UInt32) {
        guard let due = next else { return unsafe start(samples, timestamp) }
        let lead = Int(Int32(bitPattern: timestamp &- due))
        if lead < 0 {
            lateInARow += 1
            if lateInARow > Self.mostLate { return unsafe start(samples, timestamp) }
            if delay < Self.longest { isGrowing = true }
        } else {
            if lead + samples.count > Self.size { return unsafe start(samples, timestamp) }
            lateInARow = 0
            delay = lead
        }
        measure(lead)
        // What of a late packet is not yet due is still good.
        for offset in samples.indices.dropFirst(max(0, -lead)) {
            unsafe ring[Self.place(timestamp, offset)] = samples[offset]
        }
    }

    /// Takes the next 20 ms into `frame`.
    package mutating func take() {
        guard let due = next, !isGrowing else {
            isGrowing = false
            for index in frame.indices { frame[index] = 0 }
            return
        }
        if isShrinking {
            isShrinking = false
            move(from: due)
            next = due &+ UInt32(Self.frameSamples)
            return take()
        }
        move(from: due)
        next = due &+ UInt32(Self.frameSamples)
    }

    private mutating func start(_ samples: UnsafeBufferPointer<Int16>, _ timestamp: UInt32) {
        for index in ring.indices { ring[index] = 0 }
        delay = Self.first
        next = timestamp &- UInt32(Self.first)
        (isGrowing, isShrinking, lateInARow, spare, count) = (false, false, 0, .max, 0)
        for offset in samples.indices { unsafe ring[Self.place(timestamp, offset)] = samples[offset] }
    }

    private mutating func measure(_ lead: Int) {
        spare = min(spare, lead)
        count += 1
        guard count == Self.window || spare > Self.longest else { return }
        // A frame must stay: a packet comes at any moment between two beats.
        if spare >= 2 * Self.frameSamples { isShrinking = true }
        (spare, count) = (.max, 0)
    }

    private mutating func move(from timestamp: UInt32) {
        for offset in 0..<Self.frameSamples {
            let place = Self.place(timestamp, offset)
            frame[offset] = ring[place]
            ring[place] = 0
        }
    }

    private static func place(_ timestamp: UInt32, _ offset: Int) -> Int {
        (Int(timestamp) + offset) & (size - 1)
    }
}
