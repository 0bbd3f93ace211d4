/// The dialog that an INVITE takes the place of (RFC 3891 section 3), as the one who is called knows it.
package struct Replaces: Sendable, Hashable {
    /// The dialog's Call-ID.
    package let callID: String
    /// The tag of the one who is called.
    package let toTag: String
    /// The tag of their peer.
    package let fromTag: String
    /// Whether only a call that has not been answered is to be replaced.
    package let isEarlyOnly: Bool

    /// Names a dialog.
    package init(callID: String, toTag: String, fromTag: String, isEarlyOnly: Bool = false) {
        self.callID = callID
        self.toTag = toTag
        self.fromTag = fromTag
        self.isEarlyOnly = isEarlyOnly
    }

    /// Reads `call-id;to-tag=…;from-tag=…`; nil when something is missing or named twice.
    package init?(_ text: String) {
        let parts = SIPText.split(text, at: UInt8(ascii: ";"))
        guard let callID = parts.first else { return nil }
        let names = parts.dropFirst().map { $0.prefix { $0 != "=" }.lowercased() }
        let parameters = SIPParameters(parsing: parts.dropFirst().joined(separator: ";"))
        guard names.count == Set(names).count, let toTag = parameters["to-tag"], let fromTag = parameters["from-tag"],
            SIPText.isToken(toTag), SIPText.isToken(fromTag)
        else { return nil }
        self.init(callID: callID, toTag: toTag, fromTag: fromTag, isEarlyOnly: parameters.has("early-only"))
    }

    /// The value as it is sent.
    package var text: String {
        "\(callID);to-tag=\(toTag);from-tag=\(fromTag)" + (isEarlyOnly ? ";early-only" : "")
    }
}
