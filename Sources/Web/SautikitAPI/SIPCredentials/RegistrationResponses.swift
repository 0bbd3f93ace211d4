import Platform
import Primitives

/// Registered devices as this dialect shows them.
enum RegistrationResponses {
    static func device(_ device: RegisteredDevice) -> JSONValue {
        let (registration, place) = (device.registration, device.registration.place)
        return [
            "id": .string(registration.id.uuidString), "credential_id": .string(registration.credentialID.uuidString),
            "username": .string(device.username), "label": .string(device.label),
            "contact_host": .string(registration.contactHost), "address": .string(place.address),
            "port": .integer(Int64(place.port)), "transport": .string(place.transport.rawValue),
            "user_agent": JSONValue(place.userAgent), "registered_at": JSONValue(registration.registeredAt),
            "expires_at": JSONValue(registration.expiresAt),
        ]
    }
}
