package import Primitives

/// A call as a trunk offers it.
package struct InboundInvitation: Sendable {
    /// The longest caller that is written down, in characters.
    private static let longestCaller = 64

    /// Where it comes from.
    package let source: IPAddress
    /// The port there.
    package let sourcePort: Int
    /// Who calls, as the trunk says; nil when it does not.
    package let from: String?
    /// Who is called, as the trunk says.
    package let to: String
    /// The trunk whose password the sender has proven to know.
    package var provenTrunk: Identifier?
    /// The user of the URI that was called: of our contact, when a trunk that we register with calls.
    package var contact: String?
    /// The trunk whose contact that is, if it is also where the call comes from.
    var registeredTrunk: Identifier?

    /// Makes an invitation.
    package init(source: IPAddress, sourcePort: Int, from: String?, to: String) {
        self.source = source
        self.sourcePort = sourcePort
        self.from = from
        self.to = to
    }

    /// The caller in E.164 if it is a number, `anonymous` if nobody is named.
    var callerName: String {
        guard let from, !from.isEmpty else { return "anonymous" }
        if let number = try? PhoneNumber(parsing: from, field: "from") { return number.e164 }
        return String(from.prefix(Self.longestCaller))
    }
}
