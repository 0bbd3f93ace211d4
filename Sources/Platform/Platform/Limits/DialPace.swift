import Primitives

/// When the next call may be dialled at a rate: one after another, each a fixed time after the one before. Pure.
struct DialPace {
    /// The first moment for the next call, in microseconds since 1970.
    private(set) var nextMicroseconds: Int64
    private let interval: Int64

    /// - Parameters:
    ///   - next: as it was kept; nil when no call was paced yet.
    ///   - perSecond: above zero.
    init(next: Int64?, perSecond: Int64) {
        nextMicroseconds = next ?? Int64.min
        interval = 1_000_000 / perSecond
    }

    /// The turn of a call that is placed now; nil for at once.
    func turn(at now: Timestamp) -> Timestamp? {
        guard nextMicroseconds > now.millisecondsSinceEpoch * 1000 else { return nil }
        return Timestamp(millisecondsSinceEpoch: (nextMicroseconds + 999) / 1000)
    }

    /// Takes a turn that is not before its own.
    mutating func take(_ moment: Timestamp) {
        nextMicroseconds = max(nextMicroseconds, moment.millisecondsSinceEpoch * 1000) + interval
    }
}
