import Platform
import Primitives
import SIPStack
import Synchronization

/// The calls that this node runs.
final class CallRegistry: Sendable {
    private let runners = Mutex<[Identifier: CallRunner]>([:])
    /// Whose calls of telephones these are.
    private let owners = Mutex<[ObjectIdentifier: Identifier]>([:])

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

    /// Notes whose a session is, so that others can find its call. Held until `disown`.
    func own(_ session: SIPSession, by id: Identifier) {
        owners.withLock { $0[ObjectIdentifier(session)] = id }
    }

    func disown(_ session: SIPSession) {
        owners.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(session)) }
    }

    /// The call of a telephone's session.
    func runner(of session: SIPSession) -> CallRunner? {
        owners.withLock { $0[ObjectIdentifier(session)] }.flatMap { self[$0] }
    }

    var all: [CallRunner] { runners.withLock { Array($0.values) } }

    var count: Int { runners.withLock { $0.count } }

    func hangUpAll(_ cause: HangupCause) {
        for runner in all { runner.hangUp(cause) }
    }
}
