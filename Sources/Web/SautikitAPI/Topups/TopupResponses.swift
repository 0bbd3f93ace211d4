import Ledger
import Platform
import Primitives

/// Top-ups as this dialect shows them.
enum TopupResponses {
    /// A page; the cursor is the last top-up's id.
    static func page(_ topups: [Topup], account: String, hasMore: Bool) -> JSONValue {
        let cursor = hasMore ? topups.last?.id.rendered(prefix: "top") : nil
        return [
            "data": .array(topups.map { topup($0, account: account) }), "next_cursor": JSONValue(cursor),
        ]
    }

    /// - Parameter account: the workspace's M-Pesa reference.
    static func topup(_ topup: Topup, account: String) -> JSONValue {
        let id = JSONValue.string(topup.id.rendered(prefix: "top"))
        return [
            "id": id, "topup_id": id, "provider": "mpesa", "method": .string(topup.method.rawValue),
            "status": .string(topup.status.rawValue), "amount_minor": .integer(topup.amountMinor),
            "currency": .string(topup.currency.code), "phone_e164": JSONValue(topup.phone),
            "mpesa_account_ref": .string(account), "provider_reference": JSONValue(topup.receipt),
            "failure_reason": JSONValue(topup.failure?.reason.rawValue),
            "failure_message": JSONValue(topup.failure?.text), "created_at": JSONValue(topup.createdAt),
            "ended_at": JSONValue(topup.endedAt?.rfc3339),
        ]
    }
}
