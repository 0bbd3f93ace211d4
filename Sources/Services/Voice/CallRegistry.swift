import Platform
import Primitives
import Synchronization

/// The calls that this node runs.
final class CallRegistry: Sendable {
    private let runners = Mutex<[Identifier: CallRunner]>([:])

    func add(_ runner: CallRunner, for id: Identifier) {
        runners.withLock { $0[id] = runner }
    }

    func remove(_ id: Identifier) {
        runners.withLock { _ = $0.removeValue(forKey: id) }
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
