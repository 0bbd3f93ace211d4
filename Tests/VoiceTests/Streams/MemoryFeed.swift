import TestSupport

@testable import Voice

/// A player whose time a test moves.
final class MemoryFeed: StreamFeed {
    private struct State {
        var waiting: [Int16] = []
        var marks: [(position: Int, name: String)] = []
        var appended = 0
        var played: [Int16] = []
        var clearings = 0
    }

    private let maxMarks = 10
    private let rate: Int
    private let state = Locked(State())

    init(rate: Int) {
        self.rate = rate
    }

    /// Everything that was played.
    var played: [Int16] { state.withLock { $0.played } }
    /// How often it was cleared.
    var clearings: Int { state.withLock { $0.clearings } }
    /// How many marks wait.
    var marks: Int { state.withLock { $0.marks.count } }

    var queued: Duration { state.withLock { .seconds($0.waiting.count) / rate } }

    func append(_ samples: [Int16], rate: Int) -> Bool {
        guard rate == self.rate else { return false }
        state.withLock { state in
            state.waiting += samples
            state.appended += samples.count
        }
        return true
    }

    func mark(_ name: String) -> Bool {
        state.withLock { state in
            guard state.marks.count < maxMarks else { return false }
            state.marks.append((state.appended, name))
            return true
        }
    }

    func clear() {
        state.withLock { state in
            state.appended -= state.waiting.count
            (state.waiting, state.marks) = ([], [])
            state.clearings += 1
        }
    }

    /// Plays up to so many samples and returns the marks that were reached.
    func play(_ count: Int) -> [String] {
        state.withLock { state in
            state.played += state.waiting.prefix(count)
            state.waiting.removeFirst(min(count, state.waiting.count))
            let position = state.appended - state.waiting.count
            let reached = state.marks.filter { $0.position <= position }.map(\.name)
            state.marks.removeAll { $0.position <= position }
            return reached
        }
    }
}
