import Hummingbird
import Platform
import Primitives

/// The query of `GET /v1/calls/stats`.
enum CallStatsRequest {
    static func read(
        _ query: Parameters,
        _ sums: SumCalls,
        now: Timestamp
    ) throws(PlatformError) -> (since: Timestamp, bucket: SumCalls.Bucket?) {
        let since: Timestamp =
            switch try Query.text(query, "since") ?? "today" {
            case "today": sums.startOfToday()
            case "month": sums.startOfMonth()
            case let text: try moment(text, sums, now: now)
            }
        guard let text = try Query.text(query, "bucket") else { return (since, nil) }
        guard let bucket = SumCalls.Bucket(rawValue: text) else {
            throw PlatformError(.requestInvalid, "'bucket' is hour or day.", field: "bucket")
        }
        return (since, bucket)
    }

    /// `7d`, `24h`, or a time.
    private static func moment(_ text: String, _ sums: SumCalls, now: Timestamp) throws(PlatformError) -> Timestamp {
        if let moment = Timestamp(rfc3339: text) { return moment }
        if let count = Int64(text.dropLast()), (1...3660).contains(count) {
            if text.hasSuffix("d") { return sums.startOfToday() - .seconds((count - 1) * 86_400) }
            if text.hasSuffix("h") { return now - .seconds(count * 3600) }
        }
        throw PlatformError(.requestInvalid, "'since' is today, month, 7d, 24h or a time.", field: "since")
    }
}
