import Platform
import Primitives

extension Payment {
    /// For programs.
    var json: JSONValue {
        [
            "id": .string(id.uuidString), "receipt": JSONValue(receipt), "amount_minor": .integer(amountMinor),
            "account": JSONValue(account), "payer": JSONValue(payer), "paid_at": .string(occurredAt.rfc3339),
            "reason": JSONValue(reason?.rawValue), "is_test": .bool(isTest),
        ]
    }

    /// For people.
    var line: String {
        """
        \(receipt ?? "-")  \(Shillings.text(minor: amountMinor))  \(occurredAt.rfc3339Seconds)  account '\(account ?? "")'  \
        payer \(payer ?? "-")  \(reason?.rawValue ?? "")
        """
    }
}
