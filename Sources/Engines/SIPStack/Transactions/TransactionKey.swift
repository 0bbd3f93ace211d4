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

    /// Of a request to us.
    init?(request: SIPRequest) {
        guard let via = request.headers.topVia, let branch = via.branch, branch.hasPrefix("z9hG4bK") else { return nil }
        let sentBy = "\(via.host.lowercased()):\(via.port ?? 5060)"
        self.init(branch: branch, sentBy: sentBy, method: request.method == .ack ? .invite : request.method)
    }

    init(branch: String, sentBy: String, method: SIPMethod) {
        self.branch = branch
        self.sentBy = sentBy
        self.method = method
    }
}
