import Platform

/// An initiator's request that was taken and is answered later.
struct InitiatorTicket: Sendable {
    let request: InitiatorRequest
    let originatorConversationID: String
    let conversationID: String
    let mishaps: MPesaMishaps

    /// The answer at once (facts section 7).
    var acknowledgement: JSONValue {
        [
            "OriginatorConversationID": .string(originatorConversationID),
            "ConversationID": .string(conversationID), "ResponseCode": "0",
            "ResponseDescription": "Accept the service request successfully.",
        ]
    }
}
