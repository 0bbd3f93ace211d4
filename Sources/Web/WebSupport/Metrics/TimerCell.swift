import CoreMetrics
import Synchronization

/// A histogram of durations.
final class TimerCell: TimerHandler {
    /// Upper bounds in seconds.
    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct State {
        var buckets = [Int64](repeating: 0, count: bounds.count)
        var count: Int64 = 0
        var sum = 0.0
    }

    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1e9
        state.withLock { state in
            state.count += 1
            state.sum += seconds
            if let index = Self.bounds.firstIndex(where: { seconds <= $0 }) { state.buckets[index] += 1 }
        }
    }

    /// The cumulative buckets, the sum and the count.
    func lines(_ name: MetricName) -> [String] {
        let state = state.withLock { $0 }
        var total: Int64 = 0
        var lines = zip(Self.bounds, state.buckets).map { bound, count in
            total += count
            return "\(name.text(suffix: "_bucket", adding: "le=\"\(bound)\"")) \(total)"
        }
        lines.append("\(name.text(suffix: "_bucket", adding: "le=\"+Inf\"")) \(state.count)")
        lines.append("\(name.text(suffix: "_sum")) \(state.sum)")
        lines.append("\(name.text(suffix: "_count")) \(state.count)")
        return lines
    }
}
