import SIPWire

/// Requests that come before the call is answered, when both sides know each other's tags already.
extension SIPSession {
    func receiveEarly(_ request: SIPRequest, in transaction: ServerTransaction) {
        switch request.method {
        // A caller may give up by BYE as well as by CANCEL (RFC 3261 section 15.1.1).
        case .bye where role == .callee:
            respond(200, request, transaction)
            canceledByPeer()
        // Our offer is under way; theirs would cross it (section 14.2, RFC 3311 section 5.2).
        case .invite where role == .caller, .update where role == .caller: respond(491, request, transaction)
        // Their offer has no answer yet.
        case .invite, .update:
            var response = request.response(500, toTag: localTag)
            response.headers.add(.retryAfter, "\(Int.random(in: 0...10))")
            core.transactions.respond(response, in: transaction)
        case .options: respond(200, request, transaction)
        default: respond(481, request, transaction)
        }
    }
}
