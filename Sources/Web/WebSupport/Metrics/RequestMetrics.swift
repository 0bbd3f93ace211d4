import Metrics
import Synchronization

/// Counts and times requests by their route, never by their path: paths have no bound.
enum RequestMetrics {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Pair {
        let count: Counter
        let duration: Timer
    }

    /// Made once for each: making one costs more than counting.
    private static let known = Mutex<[Key: Pair]>([:])

    static func record(method: String, route: String, status: Int, duration: Duration) {
        let key = Key(method: method, route: route, status: status)
        let pair = known.withLock { known in
            if let pair = known[key] { return pair }
            let pair = make(key)
            known[key] = pair
            return pair
        }
        pair.count.increment()
        let (seconds, attoseconds) = duration.components
        pair.duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    private static func make(_ key: Key) -> Pair {
        let dimensions = [("method", key.method), ("route", key.route), ("status", "\(key.status)")]
        return Pair(
            count: Counter(label: "http_requests_total", dimensions: dimensions),
            duration: Timer(label: "http_request_duration_seconds", dimensions: [("route", key.route)])
        )
    }
}
