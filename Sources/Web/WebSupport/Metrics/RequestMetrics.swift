import Metrics

/// Counts and times requests by their route, never by their path: paths have no bound.
enum RequestMetrics {
    static func record(method: String, route: String, status: Int, duration: Duration) {
        let dimensions = [("method", method), ("route", route), ("status", "\(status)")]
        Counter(label: "http_requests_total", dimensions: dimensions).increment()
        let (seconds, attoseconds) = duration.components
        Timer(label: "http_request_duration_seconds", dimensions: [("route", route)])
            .recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
