import NIOCore
import Synchronization

/// A channel that is being opened, so that whoever has waited long enough can end it.
final class PendingChannel: Sendable {
    private struct State {
        var channel: (any Channel)?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Keeps the channel that is being opened now; false when nobody wants it any more.
    func begin(_ channel: any Channel) -> Bool {
        state.withLock { state in
            state.channel = channel
            return !state.isCancelled
        }
    }

    /// Ends what is being opened, and what would be.
    func cancel() {
        let channel = state.withLock { state in
            state.isCancelled = true
            return state.channel
        }
        channel?.close(promise: nil)
    }
}
