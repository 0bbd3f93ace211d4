import Ledger
import Platform
import Primitives

/// What moved a wallet, as this dialect shows it.
enum TransactionResponses {
    /// A page; the cursor is the last transaction's id.
    static func page(_ page: ListTransactions.Page) -> JSONValue {
        let cursor = page.hasMore ? page.postings.last?.entryID.transactionID : nil
        return ["data": .array(page.postings.map { transaction($0, in: page) }), "next_cursor": JSONValue(cursor)]
    }

    static func transaction(_ posting: AccountPosting, in page: ListTransactions.Page) -> JSONValue {
        let reversed = posting.referenceID.flatMap { page.reversed[$0] }
        return [
            "id": .string(posting.entryID.transactionID), "type": .string(posting.kind.rawValue),
            "direction": .string(direction(posting)),
            "amount_minor": .integer(Int64(clamping: posting.amountMinor.magnitude)),
            "balance_after_minor": .integer(posting.balanceAfterMinor), "currency": .string(page.currency.code),
            "description": .string(posting.description), "reference": reference(posting, reversed),
            "reverses": JSONValue(reversed?.id.transactionID), "created_at": JSONValue(posting.postedAt),
        ]
    }

    /// As the customer sees it: a debit lowers the balance.
    static func direction(_ posting: AccountPosting) -> String {
        posting.amountMinor < 0 ? "debit" : "credit"
    }

    /// What it belongs to; a reversal to what the entry belongs to that it reverses. Reversals from before they named entries
    /// name their number.
    private static func reference(_ posting: AccountPosting, _ reversed: PostedEntry?) -> JSONValue {
        let kind = reversed?.kind ?? (posting.kind == .reversal ? .numberRental : posting.kind)
        guard let id = reversed.map(\.referenceID) ?? posting.referenceID, let kind = ReferenceKind(of: kind) else {
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
