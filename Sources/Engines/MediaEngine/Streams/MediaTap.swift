import Synchronization

/// Hears a leg, frame by frame, for one listener off the media thread.
///
/// The media thread only copies samples into a ring that is there already, and wakes the listener; one that is too slow loses
/// the oldest frames.
package final class MediaTap: Sendable {
    fileprivate struct State {
        var ring = FrameRing(capacity: MediaTap.capacity)
        var waiter: CheckedContinuation<Void, Never>?
        var isClosed = false
    }

    /// Two seconds.
    private static let capacity = 100

    let track: MediaTrack
    private let state = Mutex(State())
    /// Changes to 16 kHz, on the listener's side; nil at 8 kHz.
    private let upsampler: Mutex<Upsampler?>

    init(track: MediaTrack, rate: Int) {
        self.track = track
        upsampler = Mutex(rate == 16_000 ? Upsampler() : nil)
    }

    /// Frames that were lost because nobody took them in time.
    package var dropped: Int { state.withLock { $0.ring.dropped } }

    /// Waits for the next frame; nil when the leg is gone, the tap is closed or the task is cancelled. For one listener.
    package func next() async -> MediaFrame? {
        while !Task.isCancelled {
            if let (number, samples) = state.withLock({ $0.isClosed ? nil : $0.ring.pop() }) {
                let samples = upsampler.withLock { $0?.process(samples) } ?? samples
                return MediaFrame(offset: .milliseconds(20 * number), samples: samples)
            }
            if isClosed { return nil }
            await withTaskCancellationHandler {
                await wait()
            } onCancel: {
                wake()
            }
        }
        return nil
    }

    /// Hears nothing more.
    package func close() {
        state.withLock { $0.isClosed = true }
        wake()
    }

    // MARK: The media thread's side

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Takes what was said in a beat.
    func push(inbound: [Int16]?, outbound: [Int16]) {
        let waiter = state.withLock { state in
            switch (track, inbound) {
            case (.inbound, let inbound?): state.ring.push { inbound[$0] }
            case (.both, let inbound?):
                state.ring.push { Int16(clamping: Int(inbound[$0]) + Int(outbound[$0])) }
            case (.inbound, nil): state.ring.push { _ in 0 }
            case (.outbound, _), (.both, nil): state.ring.push { outbound[$0] }
            }
            return state.takeWaiter()
        }
        waiter?.resume()
    }

    // MARK: The listener's side

    private func wait() async {
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                guard !state.isClosed, state.ring.isEmpty, !Task.isCancelled, state.waiter == nil else { return false }
                state.waiter = continuation
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }

    private func wake() {
        state.withLock { $0.takeWaiter() }?.resume()
    }
}

extension MediaTap.State {
    fileprivate mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
        defer { waiter = nil }
        return waiter
    }
}
