import RTPWire
import Synchronization

/// Sound from outside that a leg's peer hears, in the order in which it came, as soon as nothing else is played to it; it goes
/// before what others say. Usable from any thread.
package final class MediaFeed: Sendable {
    /// How much may wait.
    package static let limit: Duration = .seconds(60)
    private static let sampleLimit = 60 * ToneGenerator.sampleRate
    private static let markLimit = 1000

    private let queue = Mutex(SampleQueue())
    private let downsampler = Mutex(Downsampler())
    /// Samples that wait, for a look without the lock.
    private let waiting = Atomic<Int>(0)
    private let markCount = Atomic<Int>(0)

    init() {}

    /// Puts linear samples behind those that wait.
    ///
    /// - Parameter rate: 8,000 or 16,000 a second.
    /// - Returns: false when there is no room for them now, or the rate is another; nothing of them is played then.
    package func append(_ samples: [Int16], rate: Int) -> Bool {
        switch rate {
        case 8000: append(samples)
        case 16_000: hasRoom(samples.count / 2) && append(downsampler.withLock { $0.process(samples) })
        default: false
        }
    }

    /// Puts linear samples of 16 bits, little-endian, behind those that wait; see `append(_:rate:)`.
    package func append(littleEndian bytes: [UInt8], rate: Int) -> Bool {
        let samples = stride(from: 0, to: bytes.count - 1, by: 2).map { place in
            Int16(truncatingIfNeeded: Int(bytes[place]) | Int(bytes[place + 1]) << 8)
        }
        return append(samples, rate: rate)
    }

    /// Puts u-law samples at 8 kHz behind those that wait; see `append(_:rate:)`.
    package func append(uLaw bytes: [UInt8]) -> Bool {
        append(bytes.map { G711.linearOfULaw[Int($0)] })
    }

    /// Has `markPlayed` reported once everything that was appended before was sent; in the next 20 ms when nothing waits.
    ///
    /// - Returns: false when a thousand marks wait already.
    @discardableResult
    package func mark(_ name: String) -> Bool {
        queue.withLock { queue in
            guard queue.markCount < Self.markLimit else { return false }
            queue.mark(name)
            publish(queue)
            return true
        }
    }

    /// Drops everything that waits, marks included, of which none is reported.
    package func clear() {
        queue.withLock { queue in
            queue = SampleQueue()
            publish(queue)
        }
        downsampler.withLock { $0 = Downsampler() }
    }

    /// How long it takes until everything that waits was played.
    package var queued: Duration { .microseconds(125 * waiting.load(ordering: .relaxed)) }

    // MARK: The media thread's side

    var isIdle: Bool { waiting.load(ordering: .relaxed) == 0 }
    var hasMarks: Bool { markCount.load(ordering: .relaxed) > 0 }

    /// Fills a frame, silence where there is nothing.
    func fill(_ frame: UnsafeMutableBufferPointer<Int16>) {
        queue.withLock { queue in
            unsafe queue.take(frame)
            publish(queue)
        }
    }

    /// A mark before which everything was taken; nil when there is none any more.
    func takeMark() -> String? {
        queue.withLock { queue in
            defer { publish(queue) }
            return queue.takeMark()
        }
    }

    private func append(_ samples: [Int16]) -> Bool {
        queue.withLock { queue in
            guard queue.count + samples.count <= Self.sampleLimit else { return false }
            queue.append(samples)
            publish(queue)
            return true
        }
    }

    private func hasRoom(_ count: Int) -> Bool {
        waiting.load(ordering: .relaxed) + count <= Self.sampleLimit
    }

    private func publish(_ queue: borrowing SampleQueue) {
        waiting.store(queue.count, ordering: .relaxed)
        markCount.store(queue.markCount, ordering: .relaxed)
    }
}
