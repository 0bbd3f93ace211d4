package import Foundation
package import Platform
package import Primitives

/// Reads what Daraja sends unasked.
package enum DarajaNotices {
    /// The callback of a push; nil for what is none.
    package static func push(_ body: Data) -> PushResult? {
        guard let document = try? JSONValue(parsing: body), let callback = document["Body"]?["stkCallback"],
            let name = callback["CheckoutRequestID"]?.stringValue, (1...128).contains(name.utf8.count),
            let code = callback["ResultCode"]?.darajaText
        else { return nil }
        let text = callback["ResultDesc"]?.stringValue
        var result = PushResult(
            checkoutRequestID: name,
            outcome: DarajaResult.outcome(code: code, text: text)
        )
        let items = callback["CallbackMetadata"]?["Item"]?.elements ?? []
        // By name: neither their order nor their number is certain, and some have no value.
        func item(_ name: String) -> JSONValue? {
            items.first { $0["Name"]?.stringValue == name }?["Value"]
        }
        result.receipt = item("MpesaReceiptNumber")?.stringValue.flatMap(receipt)
        result.amountMinor = item("Amount")?.darajaMinor
        result.payer = item("PhoneNumber")?.darajaText
        result.occurredAt = item("TransactionDate")?.darajaText.flatMap { DarajaTime.moment(digits: $0) }
        // Paid, but by what and how much is not said: only M-Pesa's own list can tell.
        guard result.outcome != .paid || result.receipt != nil && result.amountMinor != nil else {
            return PushResult(checkoutRequestID: name, outcome: .pending)
        }
        return result
    }

    /// A payment to the Paybill, as validation and confirmation both tell it, v1 or v2; nil for what is none.
    ///
    /// - Parameter now: taken for a payment that does not say when it was made.
    package static func paybill(
        _ body: Data,
        isTest: Bool,
        at now: Timestamp
    ) -> (news: PaymentNews, shortCode: String)? {
        guard let document = try? JSONValue(parsing: body),
            let receipt = document["TransID"]?.stringValue.flatMap(receipt),
            let minor = document["TransAmount"]?.darajaMinor, minor > 0,
            let shortCode = document["BusinessShortCode"]?.darajaText
        else { return nil }
        let moment = document["TransTime"]?.darajaText.flatMap { DarajaTime.moment(digits: $0) }
        var news = PaymentNews(
            .paybill,
            receipt: receipt,
            amountMinor: minor,
            occurredAt: moment ?? now,
            isTest: isTest
        )
        news.account = (document["BillRefNumber"]?.darajaText).map { String($0.prefix(64)) }
        news.payer = (document["MSISDN"]?.darajaText).map { String($0.prefix(64)) }
        return (news, shortCode)
    }

    /// Capital letters and digits; what is anything else names no payment.
    static func receipt(_ text: String) -> String? {
        let trimmed = text.uppercased()
        let isReceipt =
            (6...20).contains(trimmed.utf8.count)
            && trimmed.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        return isReceipt ? trimmed : nil
    }
}
