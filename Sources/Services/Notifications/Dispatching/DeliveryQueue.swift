import Platform

/// Deliveries that wait for a place, in turn by receiver, so that a slow one delays nobody else.
///
/// Pure: told what happens, asked what to do next.
struct DeliveryQueue {
    private struct Waiting {
        let delivery: Delivery
        let since: ContinuousClock.Instant
    }

    private struct Receiver {
        var waiting: [Waiting] = []
        var running = 0
    }

    private let settings: WebhookSettings
    private var receivers: [String: Receiver] = [:]
    /// Receivers with something waiting, the next in turn first.
    private var turns: [String] = []
    private(set) var waitingCount = 0
    private(set) var runningCount = 0

    init(settings: WebhookSettings) {
        self.settings = settings
    }

    /// How many more may be taken from the database.
    var room: Int { max(0, settings.maxWaiting - waitingCount) }

    mutating func add(_ delivery: Delivery, receiver: String, at now: ContinuousClock.Instant) {
        var entry = receivers[receiver] ?? Receiver()
        if entry.waiting.isEmpty { turns.append(receiver) }
        entry.waiting.append(Waiting(delivery: delivery, since: now))
        receivers[receiver] = entry
        waitingCount += 1
    }

    /// The next to send, whose place is then taken until `finish`.
    mutating func next() -> (delivery: Delivery, receiver: String)? {
        guard runningCount < settings.maxConcurrent else { return nil }
        for index in turns.indices {
            let name = turns[index]
            guard var entry = receivers[name], entry.running < settings.maxConcurrentPerHost else { continue }
            let first = entry.waiting.removeFirst()
            entry.running += 1
            receivers[name] = entry
            turns.remove(at: index)
            if !entry.waiting.isEmpty { turns.append(name) }
            waitingCount -= 1
            runningCount += 1
            return (first.delivery, name)
        }
        return nil
    }

    /// An attempt ended: its place is free.
    mutating func finish(_ receiver: String) {
        runningCount -= 1
        receivers[receiver]?.running -= 1
        if let entry = receivers[receiver], entry.running == 0, entry.waiting.isEmpty { receivers[receiver] = nil }
    }

    /// Takes out what must go back: what has waited too long, and, when there is no room, half of the longest line.
    mutating func takeSurplus(at now: ContinuousClock.Instant) -> [Delivery] {
        let maxWait = settings.maxWait
        var surplus: [Delivery] = []
        for name in turns {
            surplus += remove(from: name) { _, waiting in waiting.since.duration(to: now) >= maxWait }
        }
        let longest = turns.max { count($0) < count($1) }
        if room == 0, let longest {
            let half = count(longest) / 2
            surplus += remove(from: longest) { index, _ in index >= half }
        }
        return surplus
    }

    /// Takes out everything that waits.
    mutating func takeAll() -> [Delivery] {
        turns.flatMap { remove(from: $0) { _, _ in true } }
    }

    private func count(_ name: String) -> Int { receivers[name]?.waiting.count ?? 0 }

    private mutating func remove(from name: String, where isSurplus: (Int, Waiting) -> Bool) -> [Delivery] {
        guard var entry = receivers[name] else { return [] }
        let split = entry.waiting.enumerated().map { ($0.element, isSurplus($0.offset, $0.element)) }
        entry.waiting = split.filter { !$0.1 }.map(\.0)
        let removed = split.filter(\.1).map(\.0.delivery)
        guard !removed.isEmpty else { return [] }
        receivers[name] = entry.waiting.isEmpty && entry.running == 0 ? nil : entry
        if entry.waiting.isEmpty { turns.removeAll { $0 == name } }
        waitingCount -= removed.count
        return removed
    }
}
