import SIPWire

/// INVITEs that take the place of a call (RFC 3891).
extension UserAgentCore {
    /// What an INVITE wants to replace.
    enum Replacement {
        /// Nothing.
        case none
        /// This call.
        case session(SIPSession)
        /// It is refused with this status.
        case refused(Int)
    }

    /// The answered call that a peer names; nil when it is not known here.
    func session(named name: Replaces) -> SIPSession? {
        guard let session = session(callID: name.callID, localTag: name.toTag), session.state == .established,
            session.dialog?.remoteTag == name.fromTag
        else { return nil }
        return session
    }

    func replacement(in request: SIPRequest) -> Replacement {
        let values = request.headers.all(.replaces)
        guard onReplace != nil, !values.isEmpty else { return .none }
        guard values.count == 1, let named = Replaces(values[0]) else { return .refused(400) }
        guard let session = session(callID: named.callID, localTag: named.toTag) else { return .refused(481) }
        switch (session.state, session.role) {
        case (.established, _):
            guard session.dialog?.remoteTag == named.fromTag else { return .refused(481) }
            return named.isEarlyOnly ? .refused(486) : .session(session)
        // Only who called may be told that another one takes the place (section 3), and before the answer there is no one way.
        case (.inviting, _): return .refused(481)
        case (.ended, _): return .refused(603)
        }
    }
}
