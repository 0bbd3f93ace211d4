package import Primitives

/// Whose sound a stream is: what a socket is told of the call.
package struct StreamIdentity: Sendable, Equatable {
    /// The call.
    package var callID: Identifier
    /// The call's other name (facts section 8.2).
    package var sessionID: String
    /// The stream itself: each has its own.
    package var streamID: Identifier
    /// Whose call it is.
    package var workspaceID: Identifier
    /// Who calls.
    package var from: String
    /// Who is called.
    package var to: String
    /// `inbound` or `outbound`.
    package var direction: String

    /// Makes an identity.
    package init(
        callID: Identifier,
        sessionID: String,
        streamID: Identifier,
        workspaceID: Identifier,
        from: String,
        to: String,
        direction: String
    ) {
        self.callID = callID
        self.sessionID = sessionID
        self.streamID = streamID
        self.workspaceID = workspaceID
        self.from = from
        self.to = to
        self.direction = direction
    }

    /// The call as callbacks name it, so that a customer finds one in the other.
    package var callSid: String { callID.rendered(prefix: "call") }
    /// The stream, as callbacks and sockets name it.
    package var streamSid: String { "MZ" + streamID.hexUpper.lowercased() }
    /// The workspace as the API names it.
    package var accountSid: String { workspaceID.uuidString }
}
