import Foundation

/// A request of an API operator, which is answered later at its ResultURL (facts section 7).
struct InitiatorRequest: Sendable, Equatable {
    /// What is asked for.
    enum Operation: Sendable, Equatable {
        case status(transactionID: String, conversationID: String)
        case reversal(transactionID: String, amount: Int64)
        case balance
    }

    let initiator: String
    /// The encrypted password.
    let credential: [UInt8]
    let shortcode: String
    let resultURL: String
    let timeoutURL: String
    let operation: Operation

    init(_ fields: DarajaFields) throws(DarajaError) {
        let (api, longest) = (fields.api, 100)
        initiator = try fields.text("Initiator", 1...longest)
        guard let text = fields.text("SecurityCredential"), !text.isEmpty, let data = Data(base64Encoded: text) else {
            throw api.invalid("SecurityCredential")
        }
        credential = [UInt8](data)
        switch api {
        case .reversal:
            _ = try fields.choice("CommandID", "TransactionReversal")
            let transactionID = try fields.text("TransactionID", 1...longest)
            operation = .reversal(transactionID: transactionID, amount: try fields.amount("Amount"))
            shortcode = try fields.shortcode("ReceiverParty")
            _ = try fields.choice("RecieverIdentifierType", "11")
            _ = try fields.text("Remarks", 2...longest)
        case .accountBalance:
            _ = try fields.choice("CommandID", "AccountBalance")
            operation = .balance
            shortcode = try fields.shortcode("PartyA")
            _ = try fields.choice("IdentifierType", "1", "2", "4")
            _ = try fields.optionalText("Remarks", atMost: longest)
        default:
            _ = try fields.choice("CommandID", "TransactionStatusQuery")
            let transactionID = try fields.optionalText("TransactionID", atMost: longest)
            let conversationID = try fields.optionalText("OriginalConversationID", atMost: longest)
            guard !transactionID.isEmpty || !conversationID.isEmpty else { throw api.invalid("TransactionID") }
            operation = .status(transactionID: transactionID, conversationID: conversationID)
            shortcode = try fields.shortcode("PartyA")
            _ = try fields.choice("IdentifierType", "1", "2", "4")
            _ = try fields.optionalText("Remarks", atMost: longest)
        }
        resultURL = try fields.url("ResultURL")
        timeoutURL = try fields.url("QueueTimeOutURL")
    }
}
