/// A request method (RFC 3261 section 7.1), compared with its case.
package struct SIPMethod: RawRepresentable, Sendable, Hashable {
    /// The token as it is sent.
    package let rawValue: String

    /// Makes a method of any token.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Sets up or changes a session.
    package static let invite = SIPMethod(rawValue: "INVITE")
    /// Confirms a final response to INVITE.
    package static let ack = SIPMethod(rawValue: "ACK")
    /// Ends a dialog.
    package static let bye = SIPMethod(rawValue: "BYE")
    /// Withdraws an INVITE.
    package static let cancel = SIPMethod(rawValue: "CANCEL")
    /// Asks what a peer can do.
    package static let options = SIPMethod(rawValue: "OPTIONS")
    /// Binds an address.
    package static let register = SIPMethod(rawValue: "REGISTER")
    /// Changes a session within a dialog (RFC 3311).
    package static let update = SIPMethod(rawValue: "UPDATE")
    /// Asks the peer to call somebody else (RFC 3515).
    package static let refer = SIPMethod(rawValue: "REFER")
    /// Tells of what was subscribed to (RFC 6665), such as what came of a REFER.
    package static let notify = SIPMethod(rawValue: "NOTIFY")
    /// Carries application data (RFC 6086).
    package static let info = SIPMethod(rawValue: "INFO")
}
