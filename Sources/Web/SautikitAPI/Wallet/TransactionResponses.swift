import Ledger
import Platform
import Primitives

/// What moved a wallet, as this dialect shows it.
enum TransactionResponses {
    /// A page; the cursor is the last transaction's id.
    static func page(_ postings: [AccountPosting], currency: Currency, hasMore: Bool) -> JSONValue {
        let cursor = hasMore ? postings.last?.entryID.transactionID : nil
        return [
            "data": .array(postings.map { transaction($0, currency: currency) }), "next_cursor": JSONValue(cursor),
        ]
    }

    static func transaction(_ posting: AccountPosting, currency: Currency) -> JSONValue {
        [
            "id": .string(posting.entryID.transactionID), "type": .string(posting.kind.rawValue),
            "direction": .string(direction(posting)),
            "amount_minor": .integer(Int64(clamping: posting.amountMinor.magnitude)),
            "balance_after_minor": .integer(posting.balanceAfterMinor), "currency": .string(currency.code),
            "description": .string(posting.description), "reference": reference(posting),
            "created_at": JSONValue(posting.postedAt),
        ]
    }

    /// As the customer sees it: a debit lowers the balance.
    static func direction(_ posting: AccountPosting) -> String {
        posting.amountMinor < 0 ? "debit" : "credit"
    }

    private static func reference(_ posting: AccountPosting) -> JSONValue {
        guard let id = posting.referenceID, let kind = ReferenceKind(of: posting.kind) else {
            return ["kind": nil, "id": nil]
        }
        let rendered =
            switch kind {
            case .call: id.callID
            case .number: id.numberID
            case .topup: id.rendered(prefix: "top")
            }
        return ["kind": .string(kind.rawValue), "id": .string(rendered)]
    }
}
