/// Waiting with an end.
enum Patience {
    /// Asks every 50 ms until there is an answer; nil when the time is over.
    static func until<T>(
        within limit: Duration,
        _ ask: () async throws -> T?
    ) async throws -> T? {
        let end = ContinuousClock.now + limit
        while true {
            if let answer = try await ask() { return answer }
            if ContinuousClock.now >= end { return nil }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
