import SIPWire

/// A dialog (RFC 3261 section 12): who the two ends are, the way between them, and the numbers of requests.
struct Dialog: Sendable {
    let callID: String
    let localTag: String
    /// Empty for a caller of RFC 2543, which need not have one (section 12.1.1).
    let remoteTag: String
    /// Our `From` (or `To`) of requests within the dialog.
    let local: NameAddress
    /// Theirs.
    let remote: NameAddress
    /// Where requests are addressed: the peer's latest Contact.
    var remoteTarget: SIPURI
    /// The proxies that want to stay on the way, first hop first.
    let routeSet: [NameAddress]
    var localNumber: UInt32
    var remoteNumber: UInt32?

    /// The caller's side, from a response that made the dialog; nil when it has no tag.
    init?(invite: SIPRequest, response: SIPResponse) {
        guard let from = invite.headers.from, let to = response.headers.to, let localTag = from.tag,
            let remoteTag = to.tag,
            let callID = invite.headers.callID
        else { return nil }
        self.callID = callID
        self.localTag = localTag
        self.remoteTag = remoteTag
        local = from
        remote = to
        remoteTarget = response.headers.contact?.uri ?? invite.uri
        routeSet = response.headers.recordRoutes.reversed()
        localNumber = invite.headers.cseq?.number ?? 1
    }

    /// The callee's side, from the request that makes the dialog; nil when what is needed is missing.
    init?(incoming invite: SIPRequest, localTag: String) {
        guard let from = invite.headers.from, var to = invite.headers.to, let callID = invite.headers.callID else {
            return nil
        }
        self.callID = callID
        self.localTag = localTag
        remoteTag = from.tag ?? ""
        to.tag = localTag
        local = to
        remote = from
        // Without a Contact, which RFC 2543 allowed, the caller is where it says that it comes from.
        remoteTarget = invite.headers.contact?.uri ?? from.uri
        routeSet = invite.headers.recordRoutes
        localNumber = 0
        remoteNumber = invite.headers.cseq?.number
    }

    /// Whether a request is newer than all before it (RFC 3261 section 12.2.2).
    mutating func accept(_ number: UInt32) -> Bool {
        if let last = remoteNumber, number <= last { return false }
        remoteNumber = number
        return true
    }

    /// A request within the dialog, without Via (RFC 3261 section 12.2.1.1).
    ///
    /// - Parameter number: for the ACK of a 2xx, the INVITE's; nil counts up.
    mutating func request(_ method: SIPMethod, number: UInt32? = nil) -> SIPRequest {
        if number == nil { localNumber += 1 }
        var request = SIPRequest(method: method, uri: remoteTarget)
        var routes = routeSet
        if let first = routes.first, !first.uri.parameters.has("lr") {
            // A strict router wants to be the target, and the target last (RFC 2543's way).
            request.uri = first.uri
            routes = routes.dropFirst() + [NameAddress(uri: remoteTarget)]
        }
        request.headers.add(.maxForwards, "70")
        for route in routes { request.headers.add(.route, route.text) }
        request.headers.add(.from, local.text)
        request.headers.add(.to, remote.text)
        request.headers.add(.callID, callID)
        request.headers.add(.cseq, CSeq(number ?? localNumber, method).text)
        return request
    }

    /// The URI whose host a request of this dialog is sent to.
    var nextHop: SIPURI { routeSet.first?.uri ?? remoteTarget }
}
