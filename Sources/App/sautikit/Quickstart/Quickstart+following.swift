import Platform

extension Quickstart {
    /// Reads the call until it is as wanted.
    func follow(_ id: String, within limit: Duration, until isReached: (CallView) -> Bool) async throws -> CallView {
        var last: APIResponse?
        let call = try await Patience.until(within: limit) {
            let answer = try await api.get("/v1/calls/\(id)")
            last = answer
            guard answer.status == 200, let call = answer.json.flatMap(CallView.init) else { return nil as CallView? }
            let isOver = ["completed", "failed", "busy", "no_answer", "canceled"].contains(call.status)
            return isReached(call) || isOver ? call : nil
        }
        guard let call, isReached(call) else {
            throw QuickstartFailure(
                expected: "the call to go on within \(limit)",
                found: call?.description ?? last?.summary ?? "no answer",
                advice: "sautikit admin trunk list; look at the server's log and at GET /v1/calls/\(id)"
            )
        }
        return call
    }
}
