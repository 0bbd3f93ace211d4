import Platform
import Primitives

/// Alerts as this dialect shows them.
enum AlertResponses {
    static func thresholds(_ minor: [Int64]) -> JSONValue {
        [
            "low_balance_threshold_minor": .integer(minor.first ?? 0),
            "thresholds_minor": .array(minor.map { .integer($0) }),
        ]
    }

    /// The whole list: it is short.
    static func list(_ recipients: [AlertRecipient]) -> JSONValue {
        ["data": .array(recipients.map(recipient)), "next_cursor": nil]
    }

    static func recipient(_ recipient: AlertRecipient) -> JSONValue {
        [
            "id": .string(recipient.id.rendered(prefix: AlertRecipient.prefix)), "email": .string(recipient.email),
            "status": .string(recipient.status.rawValue), "created_at": JSONValue(recipient.createdAt),
            "asked_at": JSONValue(recipient.askedAt?.rfc3339),
            "link_expires_at": JSONValue(recipient.linkExpiresAt?.rfc3339),
            "confirmed_at": JSONValue(recipient.confirmedAt?.rfc3339),
        ]
    }
}
