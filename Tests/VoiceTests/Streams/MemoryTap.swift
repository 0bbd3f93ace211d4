import TestSupport

@testable import Voice

/// Sound that a test says.
final class MemoryTap: StreamTap {
    private let frames: AsyncStream<StreamFrame>
    private let continuation: AsyncStream<StreamFrame>.Continuation
    private let isClosedNow = Locked(false)

    init() {
        (frames, continuation) = AsyncStream.makeStream(of: StreamFrame.self)
    }

    var dropped: Int { 3 }

    /// Whether the stream let go of it.
    var isClosed: Bool { isClosedNow.withLock { $0 } }

    /// Says frames of 20 ms.
    func say(_ track: StreamTrack = .inbound, frames count: Int = 1, samples: [Int16]) {
        for index in 0..<count {
            continuation.yield(StreamFrame(track, offset: .milliseconds(20 * index), samples: samples))
        }
    }

    /// Ends, as when the leg is gone.
    func end() {
        continuation.finish()
    }

    func next() async -> StreamFrame? {
        await frames.first { _ in true }
    }

    func close() {
        isClosedNow.withLock { $0 = true }
        continuation.finish()
    }
}
