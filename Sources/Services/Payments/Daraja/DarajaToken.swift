import Primitives

/// The one token of an application: asking for another makes the last one invalid, so all share it, and one asks for all
/// (facts M-Pesa, section 1).
actor DarajaToken {
    private struct Known {
        let text: String
        let until: Timestamp
    }

    /// Renewed so long before its end.
    private static let margin = Duration.seconds(60)

    private let clock: any WallClock
    private let fetch: @Sendable () async throws -> (token: String, lifetime: Duration)
    private var known: Known?
    private var fetching: Task<String, any Error>?

    init(clock: any WallClock, fetch: @escaping @Sendable () async throws -> (token: String, lifetime: Duration)) {
        self.clock = clock
        self.fetch = fetch
    }

    /// A token that works for a while yet.
    ///
    /// - Throws: what fetching one throws.
    func value() async throws -> String {
        if let known, known.until > clock.now() { return known.text }
        if let fetching { return try await fetching.value }
        let task = Task { try await renew() }
        fetching = task
        defer { fetching = nil }
        return try await task.value
    }

    /// Forgets a token that was refused, unless there is a newer one.
    func forget(_ token: String) {
        if known?.text == token { known = nil }
    }

    private func renew() async throws -> String {
        let (text, lifetime) = try await fetch()
        known = Known(text: text, until: clock.now() + max(lifetime - Self.margin, .seconds(1)))
        return text
    }
}
