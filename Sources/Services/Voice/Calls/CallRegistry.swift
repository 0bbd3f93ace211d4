import Platform
import Primitives
import Synchronization

/// The calls that this node runs.
final class CallRegistry: Sendable {
    private let runners = Mutex<[Identifier: CallRunner]>([:])

    /// Runs a call until it is settled; nobody need wait for that.
    func launch(_ runner: CallRunner, _ executor: (any TaskExecutor)?) {
        let id = runner.call.id
        runners.withLock { $0[id] = runner }
        VoiceMetrics.liveCalls(count)
        // Not a child of whoever launches it: a call outlives the end of that.
        Task(executorPreference: executor) { [self] in
            await runner.run()
            runners.withLock { _ = $0.removeValue(forKey: id) }
            VoiceMetrics.liveCalls(count)
        }
    }

    subscript(id: Identifier) -> CallRunner? {
        runners.withLock { $0[id] }
    }

    var all: [CallRunner] { runners.withLock { Array($0.values) } }

    var count: Int { runners.withLock { $0.count } }

    func hangUpAll(_ cause: HangupCause) {
        for runner in all { runner.hangUp(cause) }
    }
}
