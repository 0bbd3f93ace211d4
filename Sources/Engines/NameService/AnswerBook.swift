/// What names brought, as a value: for as long as the answer holds, and beyond that for when nobody answers any more (RFC 8767).
/// Bounded: whoever was asked for longest ago is forgotten first.
struct AnswerBook<Value: Sendable>: Sendable {
    /// How long a record may hold at most, whatever it says. An hour: a mistake in a zone ends some day.
    static var longest: Duration { .seconds(3600) }
    /// How long an answer is good for when its successor cannot be had.
    static var stale: Duration { .seconds(3600) }

    private struct Entry {
        let value: Value
        let endsAt: Duration
        var usedAt: UInt64
    }

    private let limit: Int
    private var entries: [String: Entry] = [:]
    private var uses: UInt64 = 0

    /// - Parameter limit: names remembered.
    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { entries.count }

    /// What still holds; nil when it must be asked.
    mutating func fresh(_ name: String, at now: Duration) -> Value? {
        guard let entry = entries[name], now < entry.endsAt else { return nil }
        touch(name)
        return entry.value
    }

    /// What held not long ago; nil when nothing did.
    mutating func stale(_ name: String, at now: Duration) -> Value? {
        guard let entry = entries[name], now < entry.endsAt + Self.stale else { return nil }
        touch(name)
        return entry.value
    }

    mutating func remember(_ answer: NameAnswer<Value>, of name: String, at now: Duration) {
        if entries[name] == nil, entries.count >= limit { makeRoom(at: now) }
        uses += 1
        let holds = min(max(answer.ttl, .zero), Self.longest)
        entries[name] = Entry(value: answer.value, endsAt: now + holds, usedAt: uses)
    }

    private mutating func touch(_ name: String) {
        uses += 1
        entries[name]?.usedAt = uses
    }

    /// All that is of no use goes; if that is nothing, an eighth, so that a flood of names does not make this the work.
    private mutating func makeRoom(at now: Duration) {
        entries = entries.filter { now < $0.value.endsAt + Self.stale }
        guard entries.count >= limit else { return }
        let oldest = entries.sorted { $0.value.usedAt < $1.value.usedAt }.prefix(max(1, limit / 8))
        for (name, _) in oldest { entries[name] = nil }
    }
}
