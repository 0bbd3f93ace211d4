import Synchronization

/// Asks once for each name at a time, and remembers what was said.
final class NameCache<Value: Sendable>: Sendable {
    private enum Step {
        case known(Value)
        case asked(Task<Value, any Error>)
    }

    private struct State {
        var book: AnswerBook<Value>
        var asking: [String: Task<Value, any Error>] = [:]
    }

    private let began = ContinuousClock.now
    private let ask: @Sendable (String) async throws -> NameAnswer<Value>
    private let state: Mutex<State>

    /// - Parameter limit: names remembered.
    init(limit: Int, ask: @escaping @Sendable (String) async throws -> NameAnswer<Value>) {
        self.ask = ask
        state = Mutex(State(book: AnswerBook(limit: limit)))
    }

    /// What is known of a name; when it must be asked and nobody answers, what was known.
    func value(of name: String) async throws -> Value {
        let step: Step = state.withLock { state in
            if let value = state.book.fresh(name, at: now) { return .known(value) }
            if let task = state.asking[name] { return .asked(task) }
            let task = Task { try await find(name) }
            state.asking[name] = task
            return .asked(task)
        }
        switch step {
        case .known(let value): return value
        case .asked(let task): return try await task.value
        }
    }

    private func find(_ name: String) async throws -> Value {
        let result: Result<NameAnswer<Value>, any Error>
        do { result = .success(try await ask(name)) } catch { result = .failure(error) }
        return try state.withLock { state in
            state.asking[name] = nil
            switch result {
            case .success(let answer):
                state.book.remember(answer, of: name, at: now)
                return answer.value
            case .failure(let error):
                guard let value = state.book.stale(name, at: now) else { throw error }
                return value
            }
        }
    }

    private var now: Duration { ContinuousClock.now - began }
}
