/// Work that has a time limit.
enum TimeLimit {
    /// What the work brings, or a failure when the time is up first. The work is cancelled then; what it brings all the same is
    /// taken.
    static func race<Outcome: Sendable>(
        _ limit: Duration,
        _ work: @escaping @Sendable () async -> Result<Outcome, OutboundFailure>
    ) async throws(OutboundFailure) -> Outcome {
        let result = await withTaskGroup(of: Result<Outcome, OutboundFailure>?.self) { group in
            group.addTask { await work() }
            group.addTask {
                // Cancelled when the work is done: then nobody asks how long it slept.
                _ = try? await Task.sleep(for: limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            if case .success(let outcome)? = await group.next() ?? nil { return .success(outcome) }
            return .failure(Task.isCancelled ? .cancelled : .timeout(limit))
        }
        return try result.get()
    }
}
