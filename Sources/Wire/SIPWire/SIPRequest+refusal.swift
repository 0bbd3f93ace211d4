extension SIPRequest {
    /// The response that refuses this request. Of headers that came more than once though they may not, it has the
    /// first: two `CSeq` would spoil the response too.
    ///
    /// - Parameter toTag: our tag, added to `To` unless there is one or `To` cannot be read.
    package func response(_ refusal: SIPRefusal, toTag: String? = nil) -> SIPResponse {
        var answered = self
        answered.headers = headers.keepingFirst(of: [.from, .to, .callID, .cseq])
        let reason = "\(SIPStatus.reason(refusal.status)) (\(refusal.problem))"
        var response = answered.response(refusal.status, reason, toTag: toTag)
        if let field = refusal.field { response.headers.add(field.name, field.value) }
        return response
    }
}
