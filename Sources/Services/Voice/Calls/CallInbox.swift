import Primitives

/// Where signals for a call are left, from any thread. Handlers hold this and not the runner, which holds them.
struct CallInbox: Sendable {
    private let signals: AsyncStream<CallSignal>.Continuation
    private let clock: any WallClock

    /// An inbox and what comes into it.
    static func make(_ clock: any WallClock) -> (inbox: CallInbox, signals: AsyncStream<CallSignal>) {
        let (stream, continuation) = AsyncStream.makeStream(of: CallSignal.self)
        return (CallInbox(signals: continuation, clock: clock), stream)
    }

    /// Leaves a signal, stamped with the present moment.
    func put(_ kind: CallSignal.Kind) {
        signals.yield(CallSignal(kind: kind, at: clock.now()))
    }

    /// Takes no more.
    func close() {
        signals.finish()
    }
}
