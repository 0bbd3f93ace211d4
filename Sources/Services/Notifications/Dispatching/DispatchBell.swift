import Synchronization

/// Says that webhooks are due; commits may come faster than leases, so one ring stands for all that wait.
final class DispatchBell: Sendable {
    private let isRinging = Mutex(false)
    private let signal: AsyncStream<DispatchSignal>.Continuation

    init(_ signal: AsyncStream<DispatchSignal>.Continuation) {
        self.signal = signal
    }

    func ring() {
        let wasRinging = isRinging.withLock { ringing in
            defer { ringing = true }
            return ringing
        }
        if !wasRinging { signal.yield(.due) }
    }

    /// The next ring is heard again.
    func reset() {
        isRinging.withLock { $0 = false }
    }
}
