import Platform
import Primitives

/// Transaction status, reversal and account balance (facts section 7).
extension MPesaBank {
    /// Takes a request whose outcome comes later.
    mutating func accept(
        _ request: InitiatorRequest,
        _ api: DarajaAPI,
        at now: Timestamp
    ) throws(DarajaError) -> InitiatorTicket {
        guard request.shortcode == settings.shortcode else {
            throw api.invalid(api == .reversal ? "ReceiverParty" : "PartyA")
        }
        return InitiatorTicket(
            request: request,
            originatorConversationID: ids.request(),
            conversationID: ids.conversation(at: now),
            mishaps: mishaps(of: nil, among: MPesaFault.ofInitiators)
        )
    }

    /// Does what was asked for, and says what is to be sent.
    ///
    /// - Parameter isCredentialGood: whether the SecurityCredential holds the password.
    mutating func resolve(_ ticket: InitiatorTicket, isCredentialGood: Bool, at now: Timestamp) -> [MPesaNotice] {
        if ticket.mishaps.contains(.queueTimeout) {
            return notice(.timeout, ticket.request.timeoutURL, InitiatorResult.timeout(ticket), ticket)
        }
        let result = outcome(ticket.request, isCredentialGood: isCredentialGood, at: now)
        return notice(.result, ticket.request.resultURL, result.document(ticket), ticket)
    }

    private func notice(
        _ kind: MPesaNotice.Kind,
        _ url: String,
        _ body: JSONValue,
        _ ticket: InitiatorTicket
    ) -> [MPesaNotice] {
        let notice = MPesaNotice(
            kind,
            url: url,
            shortcode: settings.shortcode,
            reference: ticket.conversationID,
            body: body
        )
        return notice.suffering(ticket.mishaps)
    }

    private mutating func outcome(
        _ request: InitiatorRequest,
        isCredentialGood: Bool,
        at now: Timestamp
    ) -> InitiatorResult {
        guard request.initiator == settings.initiatorName else { return .wrongInitiator }
        switch request.operation {
        case .status(let transactionID, let conversationID):
            return isCredentialGood ? status(transactionID, conversationID) : .wrongInitiator
        case .reversal(let transactionID, let amount):
            return isCredentialGood ? reverse(transactionID, amount, at: now) : .wrongInitiator
        case .balance:
            return isCredentialGood ? balance(at: now) : .wrongCredential
        }
    }

    private func status(_ transactionID: String, _ conversationID: String) -> InitiatorResult {
        let found =
            transactionID.isEmpty
            ? transactions.inOrder.first { $0.conversationID == conversationID } : transactions[transactionID]
        guard let found else { return .badParameter }
        let (organisation, customer) = ("\(found.shortcode) - Sandbox", Self.party(found.phone))
        let isBack = found.kind == .reversal
        let time = JSONValue.integer(MPesaTime.number(found.completedAt))
        return .success(
            found.receipt,
            [
                JSONMember("DebitPartyName", .string(isBack ? organisation : customer)),
                JSONMember("CreditPartyName", .string(isBack ? customer : organisation)),
                JSONMember("OriginatorConversationID", .string(found.conversationID)),
                JSONMember("InitiatedTime", time), JSONMember("FinalisedTime", time),
                JSONMember("DebitAccountType", .string(isBack ? "Utility Account" : "MMF Account For Customer")),
                JSONMember("DebitPartyCharges", .null), JSONMember("TransactionReason", .null),
                JSONMember("ReasonType", .string(found.kind.rawValue)),
                JSONMember("TransactionStatus", "Completed"),
                JSONMember("Amount", .decimal(minor: found.amount * 100)),
                JSONMember("ConversationID", .string(found.conversationID)),
                JSONMember("ReceiptNo", .string(found.receipt)),
            ]
        )
    }

    private mutating func reverse(_ transactionID: String, _ amount: Int64, at now: Timestamp) -> InitiatorResult {
        guard let original = transactions[transactionID], original.kind != .reversal, original.amount == amount else {
            return .originalInvalid
        }
        guard original.reversal == nil else { return .alreadyReversed }
        guard balance >= amount else { return .tooLittle }
        let receipt = ids.receipt(at: now)
        var reversal = post(
            .reversal,
            receipt: receipt,
            amount: amount,
            phone: original.phone,
            shortcode: original.shortcode,
            account: original.account,
            conversationID: ids.request(),
            at: now
        )
        reversal.original = original.receipt
        transactions[receipt] = reversal
        transactions[original.receipt]?.reversal = receipt
        return .success(
            receipt,
            [
                JSONMember("DebitAccountBalance", .string(Self.account("Utility Account", balance))),
                JSONMember("Amount", .decimal(minor: amount * 100)),
                JSONMember("TransCompletedTime", .integer(MPesaTime.number(now))),
                JSONMember("OriginalTransactionID", .string(original.receipt)),
                JSONMember("Charge", .decimal(minor: 0)),
                JSONMember("CreditPartyPublicName", .string(Self.party(original.phone))),
                JSONMember("DebitPartyPublicName", .string("\(original.shortcode) - Sandbox")),
            ]
        )
    }

    private mutating func balance(at now: Timestamp) -> InitiatorResult {
        let accounts = [
            Self.account("Working Account", 0), Self.account("Float Account", 0),
            Self.account("Utility Account", balance), Self.account("Charges Paid Account", 0),
            Self.account("Organization Settlement Account", 0),
        ]
        return .success(
            ids.receipt(at: now),
            [
                JSONMember("AccountBalance", .string(accounts.joined(separator: "&"))),
                JSONMember("BOCompletedTime", .integer(MPesaTime.number(now))),
            ]
        )
    }

    private static func account(_ name: String, _ shillings: Int64) -> String {
        "\(name)|KES|\(shillings).00|\(shillings).00|0.00|0.00"
    }

    private static func party(_ phone: String) -> String {
        "\(phone) - \(MPesaPerson(phone: phone).name)"
    }
}
