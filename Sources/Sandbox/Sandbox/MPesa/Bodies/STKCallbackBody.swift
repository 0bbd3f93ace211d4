import Platform
import Primitives

/// The callback of a payment by STK push, numbers as numbers and `Balance` without a value (facts section 4).
enum STKCallbackBody {
    static func document(_ payment: MPesaPayment, at now: Timestamp) -> JSONValue {
        let result = payment.result ?? .stillProcessing
        guard let receipt = payment.receipt else {
            return envelope(payment.merchantRequestID, payment.checkoutRequestID, result, items: nil)
        }
        let items = items(payment.request.amount, receipt, payment.request.phone, at: now)
        return envelope(payment.merchantRequestID, payment.checkoutRequestID, result, items: items)
    }

    static func items(_ amount: Int64, _ receipt: String, _ phone: String, at now: Timestamp) -> [JSONValue] {
        [
            ["Name": "Amount", "Value": .decimal(minor: amount * 100)],
            ["Name": "MpesaReceiptNumber", "Value": .string(receipt)],
            ["Name": "Balance"],
            ["Name": "TransactionDate", "Value": .integer(MPesaTime.number(now))],
            ["Name": "PhoneNumber", "Value": .integer(Int64(phone) ?? 0)],
        ]
    }

    static func envelope(
        _ merchantRequestID: String,
        _ checkoutRequestID: String,
        _ result: MPesaResult,
        items: [JSONValue]?
    ) -> JSONValue {
        var members = [
            JSONMember("MerchantRequestID", .string(merchantRequestID)),
            JSONMember("CheckoutRequestID", .string(checkoutRequestID)),
            JSONMember("ResultCode", result.codeValue), JSONMember("ResultDesc", .string(result.text)),
        ]
        if let items { members.append(JSONMember("CallbackMetadata", ["Item": .array(items)])) }
        return ["Body": ["stkCallback": .object(members)]]
    }
}
