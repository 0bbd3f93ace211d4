/// Lets a few in at once; others wait in their order.
actor Gate {
    private var free: Int
    private let maxWaiting: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int, maxWaiting: Int) {
        free = max(1, places)
        self.maxWaiting = maxWaiting
    }

    /// Waits for a place; false when too many wait already. Who is let in must `leave`.
    func enter() async -> Bool {
        if free > 0 {
            free -= 1
            return true
        }
        guard waiting.count < maxWaiting else { return false }
        await withCheckedContinuation { waiting.append($0) }
        return true
    }

    /// How many wait.
    var waitingCount: Int { waiting.count }

    /// Gives the place to whoever waited longest.
    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
