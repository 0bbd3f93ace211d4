/// When the writer takes its next batch. A commit costs a write to the disk and several wake-ups however many share it, so
/// commits that would follow each other closely wait for company.
///
/// Nobody waits who comes after a rest, or when all of the last batch are back already; many wait only until half of them
/// are; and whoever writes alone, each time after the last, waits ever more rarely.
struct CommitPacing {
    /// Batches of this size fill by themselves, in about a millisecond, of which a look takes a part.
    private static let company = 16
    private static let (longestLook, look) = (Duration.milliseconds(1), Duration.microseconds(250))
    /// So many who write as soon as they are told are told from steps that happen to follow each other.
    private static let circle = 4
    /// The most batches that go at once after waits that brought nobody.
    private static let mostPatience = 64

    private let interval: Duration
    private var last: ContinuousClock.Instant?
    /// The size of the last batches; a small one among large ones halves it.
    private var size = 0
    /// How many batches go at once after the next wait that brings nobody.
    private var patience = 1
    private var goesAtOnce = 0

    init(interval: Duration) {
        self.interval = interval
    }

    /// How long to let `waiting` writers wait before asking again; nil to take them now.
    func wait(for waiting: Int, at now: ContinuousClock.Instant) -> Duration? {
        guard let last, goesAtOnce == 0 else { return nil }
        let age = last.duration(to: now)
        if size >= Self.company { return waiting < size / 2 && age < Self.longestLook ? Self.look : nil }
        // Those who write as soon as they are told are back by then.
        let early = interval / 5
        if age < early { return early - age }
        if size >= Self.circle, waiting >= size { return nil }
        return age < interval ? interval - age : nil
    }

    /// A batch was dealt with, `waited` after it could have been.
    mutating func took(_ count: Int, waited: Duration, at now: ContinuousClock.Instant) {
        last = now
        size = max(count, size / 2)
        if count > 1 {
            patience = 1
            goesAtOnce = 0
        } else if waited > interval / 2 {
            goesAtOnce = patience
            patience = min(2 * patience, Self.mostPatience)
        } else if waited == .zero, goesAtOnce > 0 {
            goesAtOnce -= 1
        }
    }
}
