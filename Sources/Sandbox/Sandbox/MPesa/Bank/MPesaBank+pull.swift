import Platform
import Primitives

/// Pulling what was paid (facts section 8).
extension MPesaBank {
    mutating func register(_ registration: PullRegistration) throws(DarajaError) -> JSONValue {
        guard registration.shortcode == settings.shortcode else { throw DarajaAPI.pullRegister.invalid("ShortCode") }
        let wasRegistered = isPullRegistered
        isPullRegistered = true
        return [
            "ResponseRefID": .string(ids.request()),
            "ResponseStatus": .string(wasRegistered ? "1001" : "1000"),
            "ShortCode": .string(registration.shortcode),
            "ResponseDescription": .string(
                wasRegistered ? "Short Code already Registered" : "Short Code Registered Successfully"
            ),
        ]
    }

    /// A page of the payments within the span and the last 48 hours, oldest first: an array of an array.
    mutating func pull(_ query: PullQuery, at now: Timestamp) throws(DarajaError) -> JSONValue {
        guard query.shortcode == settings.shortcode, isPullRegistered || !settings.strictness.requiresPullRegistration
        else { throw DarajaAPI.pullQuery.invalid("ShortCode") }
        let start = max(query.start, now - PullQuery.window)
        // The end names a second, all of it.
        let end = query.end + .milliseconds(999)
        let rows = transactions.inOrder
            .filter { $0.kind != .reversal && start <= $0.completedAt && $0.completedAt <= end }
            .dropFirst(query.offset).prefix(PullQuery.pageSize)
            .map(row)
        return [
            "ResponseRefID": .string(ids.request()), "ResponseCode": .string(rows.isEmpty ? "1001" : "1000"),
            "ResponseMessage": .string(rows.isEmpty ? "No transactions found" : "Success"),
            "Response": .array([.array(rows)]),
        ]
    }

    private func row(_ transaction: MPesaTransaction) -> JSONValue {
        let number =
            settings.strictness.pullsNationalNumbers ? String(transaction.phone.dropFirst(3)) : transaction.phone
        return [
            "transactionId": .string(transaction.receipt),
            "trxDate": .string(transaction.completedAt.rfc3339Seconds),
            "msisdn": .integer(Int64(number) ?? 0),
            "transactiontype": .string(
                transaction.kind == .buyGoods ? "c2b-buy-goods-debit" : "c2b-pay-bill-debit"
            ),
            "billreference": .string(transaction.account),
            "amount": .decimal(minor: transaction.amount * 100),
            "organizationname": "Sandbox",
        ]
    }
}
