import SIPWire

/// What makes messages belong to one transaction (RFC 3261 sections 17.1.3 and 17.2.3).
struct TransactionKey: Hashable {
    let branch: String
    /// The `sent-by` of the topmost Via; empty for client transactions, whose branches are our own.
    let sentBy: String
    /// ACK belongs to INVITE's transaction.
    let method: SIPMethod

    /// Of a response to a request of ours.
    init?(response headers: SIPHeaders) {
        guard let branch = headers.topVia?.branch, let cseq = headers.cseq else { return nil }
        self.init(branch: branch, sentBy: "", method: cseq.method)
    }

    /// Of a request to us; nil without a Via that can be read.
    init?(request: SIPRequest) {
        guard let via = request.headers.topVia else { return nil }
        let sentBy = "\(via.host.lowercased()):\(via.port ?? 5060)"
        let branch = via.hasUniqueBranch ? via.branch : nil
        self.init(
            branch: branch ?? Self.branch(before3261: request, via),
            sentBy: sentBy,
            method: request.method == .ack ? .invite : request.method
        )
    }

    /// What tells transactions apart for peers of RFC 2543, and for those that send the bare cookie (section 17.2.3).
    /// The tag of To is left out: requests with and without one differ in their numbers, and so INVITE, its CANCEL and
    /// its ACK are the same.
    private static func branch(before3261 request: SIPRequest, _ via: Via) -> String {
        let headers = request.headers
        let number = headers.cseq?.number ?? 0
        return "\(request.uri.text) \(headers.from?.tag ?? "") \(headers.callID ?? "") \(number) \(via.branch ?? "")"
    }

    init(branch: String, sentBy: String, method: SIPMethod) {
        self.branch = branch
        self.sentBy = sentBy
        self.method = method
    }
}
