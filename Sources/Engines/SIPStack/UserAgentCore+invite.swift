import NIOCore
import SIPWire

extension UserAgentCore {
    /// The INVITE of a call, without the Via that each attempt adds.
    func inviteRequest(
        _ invitation: OutgoingInvitation,
        over transport: SIPTransport,
        localTag: String
    ) -> SIPRequest {
        var request = SIPRequest(method: .invite, uri: invitation.uri)
        var from = invitation.from
        from.tag = localTag
        let seconds = Int(configuration.sessionExpires.components.seconds)
        request.headers.add(.maxForwards, "70")
        for proxy in invitation.route { request.headers.add(.route, proxy.text) }
        request.headers.add(.from, from.text)
        request.headers.add(.to, invitation.to.text)
        request.headers.add(.callID, "\(token())\(token())@\(host)")
        request.headers.add(.cseq, CSeq(1, .invite).text)
        var contact = contact(for: transport)
        // RFC 3261 section 8.1.1.8: a secure request has a secure way back.
        if invitation.uri.scheme == "sips" { contact.uri.scheme = "sips" }
        request.headers.add(.contact, contact.text)
        request.headers.add(.allow, Self.allow)
        request.headers.add(.supported, supported.joined(separator: ", "))
        request.headers.add(.sessionExpires, SessionExpires(seconds: seconds, refresher: nil).text)
        request.headers.add(.minSE, "\(min(seconds, Int(configuration.minSessionExpires.components.seconds)))")
        request.headers.add(.userAgent, configuration.userAgent)
        if let replaces = invitation.replacing {
            request.headers.add(.replaces, replaces.text)
            request.headers.add(.require, "replaces")
        }
        for field in invitation.extraHeaders { request.headers.add(field.name, field.value) }
        request.headers.add(.contentType, "application/sdp")
        request.body = invitation.offer
        return request
    }

    /// Where an INVITE goes, in the order to try.
    func destinations(of invitation: OutgoingInvitation) -> EventLoopFuture<[SIPDestination]> {
        if let flow = invitation.flow { return loop.makeSucceededFuture([flow.destination]) }
        return destinations(of: invitation.target)
    }
}
