import Primitives

/// The organisation's statement as the portal would export it: CSV (RFC 4180), newest first.
enum MPesaStatement {
    static let header = [
        "Receipt No.", "Completion Time", "Initiation Time", "Details", "Transaction Status", "Paid In", "Withdrawn",
        "Balance", "Balance Confirmed", "Reason Type", "Other Party Info", "Linked Transaction ID", "A/C No.",
    ]

    static func csv(_ transactions: [MPesaTransaction]) -> String {
        let rows = [header] + transactions.reversed().map(row)
        return rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func row(_ transaction: MPesaTransaction) -> [String] {
        let time = MPesaTime.spaced(transaction.completedAt)
        let party = "\(transaction.phone) - \(MPesaPerson(phone: transaction.phone).name)"
        let amount = "\(transaction.amount).00"
        let isBack = transaction.kind == .reversal
        let details =
            switch transaction.kind {
            case .payBill: "Pay Bill from \(party) Acc. \(transaction.account)"
            case .buyGoods: "Merchant Payment from \(party)"
            case .reversal: "Reversal of \(transaction.original ?? "") to \(party)"
            }
        return [
            transaction.receipt, time, time, details, "Completed", isBack ? "" : amount, isBack ? "-\(amount)" : "",
            "\(transaction.balance).00", "true", transaction.kind.rawValue, party, transaction.original ?? "",
            transaction.kind == .buyGoods ? "" : transaction.account,
        ]
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return field }
        return "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }
}
