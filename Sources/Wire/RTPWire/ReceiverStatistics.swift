/// What a receiver knows of a stream: loss and jitter (RFC 3550 appendices A.1, A.3 and A.8).
package struct ReceiverStatistics: Sendable {
    /// Packets that arrived, duplicates and late ones included.
    package private(set) var received: UInt64 = 0
    private var isStarted = false
    /// Expected of earlier streams of the same peer.
    private var carriedExpected: UInt64 = 0
    private var baseSequence: UInt32 = 0
    private var highestSequence: UInt16 = 0
    private var cycles: UInt32 = 0
    private var transit: Int64?
    private var jitterTimes16: Int64 = 0
    private var expectedPrior: UInt64 = 0
    private var receivedPrior: UInt64 = 0

    /// Makes statistics of a stream that has not begun.
    package init() {}

    /// Counts a packet.
    ///
    /// - Parameter arrival: when it came, in timestamp units.
    package mutating func receive(sequence: UInt16, timestamp: UInt32, arrival: UInt32) {
        if !isStarted {
            isStarted = true
            baseSequence = UInt32(sequence)
            highestSequence = sequence
        } else {
            let step = sequence &- highestSequence
            if step < 0x8000, step > 0 {
                if sequence < highestSequence { cycles += 1 << 16 }
                highestSequence = sequence
            }
        }
        received += 1
        let now = Int64(Int32(bitPattern: arrival &- timestamp))
        if let last = transit {
            // Timestamps wrap; the difference of two transits is small however far they are from zero.
            let difference = Int64(Int32(truncatingIfNeeded: now - last).magnitude)
            jitterTimes16 += difference - (jitterTimes16 + 8) >> 4
        }
        transit = now
    }

    /// The highest sequence number with the count of its wraps above it.
    package var extendedHighestSequence: UInt32 { cycles | UInt32(highestSequence) }

    /// Packets that should have come.
    package var expected: UInt64 {
        carriedExpected + (isStarted ? UInt64(extendedHighestSequence) - UInt64(baseSequence) + 1 : 0)
    }

    /// Packets that did not come; duplicates can hide losses.
    package var lost: UInt64 { expected > received ? expected - received : 0 }

    /// The mean deviation of packet spacing, in timestamp units.
    package var jitter: UInt32 { UInt32(truncatingIfNeeded: max(0, jitterTimes16 >> 4)) }

    /// The share lost since the last report, in 256ths, as a report wants it.
    package mutating func fractionLost() -> UInt8 {
        let expectedNow = expected - expectedPrior
        let receivedNow = received - receivedPrior
        expectedPrior = expected
        receivedPrior = received
        guard expectedNow > 0, expectedNow > receivedNow else { return 0 }
        return UInt8(min(255, (expectedNow - receivedNow) << 8 / expectedNow))
    }
}

extension ReceiverStatistics {
    /// Goes on counting when the peer starts a new stream: what was received and lost before stays.
    package init(continuing earlier: ReceiverStatistics) {
        self = earlier
        isStarted = false
        transit = nil
        carriedExpected = earlier.expected
        cycles = 0
    }
}
