import Platform
import Primitives

extension MPesaFaultRule {
    /// As `/control/faults` shows it; `times` 0 is always.
    var document: JSONValue {
        [
            "fault": .string(fault.rawValue), "phone": JSONValue(phone), "times": .integer(Int64(remaining ?? 0)),
            "milliseconds": milliseconds.map { .integer($0) } ?? .null, "percent": .integer(Int64(percent)),
        ]
    }
}

extension MPesaPayment {
    /// As `/control/payments` shows it.
    var document: JSONValue {
        [
            "CheckoutRequestID": .string(checkoutRequestID), "MerchantRequestID": .string(merchantRequestID),
            "phone": .string(request.phone), "amount": .integer(request.amount),
            "account": .string(request.reference), "accepted_at": .string(acceptedAt.rfc3339),
            "status": .string(result.map { $0 == .paid ? "paid" : "failed" } ?? "pending"),
            "ResultCode": JSONValue(result?.code), "receipt": JSONValue(receipt),
        ]
    }
}

extension MPesaTransaction {
    /// As `/control/payments` shows it.
    var document: JSONValue {
        [
            "receipt": .string(receipt), "kind": .string(kind.rawValue), "phone": .string(phone),
            "amount": .integer(amount), "account": .string(account), "completed_at": .string(completedAt.rfc3339),
            "balance": .integer(balance), "original": JSONValue(original), "reversal": JSONValue(reversal),
        ]
    }
}
