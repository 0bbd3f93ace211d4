import SIPWire

extension SIPRequest {
    /// The ACK of a failed INVITE, which belongs to the INVITE's transaction (RFC 3261 section 17.1.1.3).
    init(ackOf response: SIPResponse, to invite: SIPRequest) {
        self.init(method: .ack, uri: invite.uri)
        if let via = invite.headers.topVia { headers.add(.via, via.text) }
        for route in invite.headers.all(.route) { headers.add(.route, route) }
        headers.add(.maxForwards, "70")
        headers.add(.from, invite.headers[.from] ?? "")
        headers.add(.to, response.headers[.to] ?? "")
        headers.add(.callID, invite.headers.callID ?? "")
        headers.add(.cseq, CSeq(invite.headers.cseq?.number ?? 1, .ack).text)
    }

    /// The CANCEL of an INVITE (RFC 3261 section 9.1).
    init(cancelOf invite: SIPRequest) {
        self.init(method: .cancel, uri: invite.uri)
        if let via = invite.headers.topVia { headers.add(.via, via.text) }
        for route in invite.headers.all(.route) { headers.add(.route, route) }
        headers.add(.maxForwards, "70")
        headers.add(.from, invite.headers[.from] ?? "")
        headers.add(.to, invite.headers[.to] ?? "")
        headers.add(.callID, invite.headers.callID ?? "")
        headers.add(.cseq, CSeq(invite.headers.cseq?.number ?? 1, .cancel).text)
    }
}
