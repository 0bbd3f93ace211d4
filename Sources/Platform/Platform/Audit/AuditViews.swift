import Ledger
import Primitives

// What the audit log shows of a thing before and after: never a secret.

extension APIKey {
    var auditView: JSONValue {
        [
            "name": .string(name), "prefix": .string(displayPrefix),
            "scopes": .array(scopes.map(\.rawValue).sorted().map { .string($0) }),
            "allowed_addresses": .array(allowedNetworks.map { .string($0.description) }),
            "expires_at": JSONValue(expiresAt?.rfc3339), "revoked_at": JSONValue(revokedAt?.rfc3339),
            "limits": limits.json,
        ]
    }
}

extension Invitation {
    var auditView: JSONValue {
        [
            "email": .string(email), "role": .string(role.rawValue), "expires_at": .string(expiresAt.rfc3339),
            "accepted_at": JSONValue(acceptedAt?.rfc3339), "revoked_at": JSONValue(revokedAt?.rfc3339),
        ]
    }
}

extension Member {
    var auditView: JSONValue {
        ["email": .string(user.email), "role": .string(role.rawValue)]
    }
}

extension VoiceNumber {
    var auditView: JSONValue {
        [
            "number": .string(e164), "status": .string(status.rawValue),
            "voice_callback_url": JSONValue(voiceCallbackURL), "events_url": JSONValue(eventsURL),
            "fallback_url": JSONValue(fallbackURL),
            "voice_callback_format": .string(callbackFormat.rawValue), "paid_until": JSONValue(paidUntil?.rfc3339),
        ]
    }
}

extension Subscription {
    var auditView: JSONValue {
        [
            "url": .string(url), "events": .array(patterns.map { .string($0.text) }),
            "enabled": .bool(disabledAt == nil),
        ]
    }
}

extension Workspace {
    var auditView: JSONValue {
        [
            "name": .string(name), "slug": .string(slug), "country": .string(country),
            "currency": .string(currency.code), "status": .string(status.rawValue),
        ]
    }
}

extension SIPCredential {
    var auditView: JSONValue {
        [
            "label": .string(label), "username": .string(username), "number_id": .string(numberID.uuidString),
            "rotated_at": JSONValue(rotatedAt?.rfc3339), "revoked_at": JSONValue(revokedAt?.rfc3339),
        ]
    }
}

extension PortRequest {
    var auditView: JSONValue {
        [
            "direction": .string(direction.rawValue), "numbers": .array(numbers.map { .string($0) }),
            "status": .string(status.rawValue), "reason": JSONValue(reason),
        ]
    }
}
