import Platform

/// The outcome of an initiator's request (facts section 7).
struct InitiatorResult: Sendable, Equatable {
    let code: String
    let text: String
    var transactionID = "0"
    /// Absent on failure.
    var parameters: [JSONMember] = []

    static let wrongInitiator = InitiatorResult(code: "2001", text: "The initiator information is invalid.")
    static let wrongCredential = InitiatorResult(code: "18", text: "Initiator Credential Check Failure")
    static let badParameter = InitiatorResult(code: "25", text: "Bad Parameter")
    static let tooLittle = InitiatorResult(code: "1", text: "The balance is insufficient for the transaction.")
    static let alreadyReversed = InitiatorResult(
        code: "R000001",
        text: "The transaction has already been reversed."
    )
    static let originalInvalid = InitiatorResult(code: "R000002", text: "The OriginalTransactionID is invalid.")

    static func success(_ transactionID: String, _ parameters: [JSONMember]) -> InitiatorResult {
        InitiatorResult(
            code: "0",
            text: "The service request is processed successfully.",
            transactionID: transactionID,
            parameters: parameters
        )
    }

    /// The body for the ResultURL. Codes and numbers are numbers, but those of a reversal are strings, as clients that
    /// follow Safaricom's samples expect.
    func document(_ ticket: InitiatorTicket) -> JSONValue {
        var isText = false
        if case .reversal = ticket.request.operation { isText = true }
        let code = isText ? .string(code) : Int64(code).map { JSONValue.integer($0) } ?? .string(code)
        let parameters = parameters.map { isText ? JSONMember($0.name, Self.asText($0.value)) : $0 }
        var members = [
            JSONMember("ResultType", 0),
            JSONMember("ResultCode", code),
            JSONMember("ResultDesc", .string(text)),
            JSONMember("OriginatorConversationID", .string(ticket.originatorConversationID)),
            JSONMember("ConversationID", .string(ticket.conversationID)),
            JSONMember("TransactionID", .string(transactionID)),
        ]
        if !parameters.isEmpty {
            members.append(JSONMember("ResultParameters", ["ResultParameter": .array(parameters.map(Self.parameter))]))
        }
        members.append(
            JSONMember(
                "ReferenceData",
                ["ReferenceItem": ["Key": "QueueTimeoutURL", "Value": .string(ticket.request.timeoutURL)]]
            )
        )
        return ["Result": .object(members)]
    }

    /// The body for the QueueTimeOutURL.
    static func timeout(_ ticket: InitiatorTicket) -> JSONValue {
        [
            "Result": [
                "ResultType": 1, "ResultCode": 1, "ResultDesc": "The service request timed out.",
                "OriginatorConversationID": .string(ticket.originatorConversationID),
                "ConversationID": .string(ticket.conversationID),
            ]
        ]
    }

    private static func asText(_ value: JSONValue) -> JSONValue {
        switch value {
        case .integer, .decimal: .string(value.text)
        default: value
        }
    }

    /// A key may come without a value.
    private static func parameter(_ member: JSONMember) -> JSONValue {
        member.value == .null
            ? ["Key": .string(member.name)] : ["Key": .string(member.name), "Value": member.value]
    }
}
