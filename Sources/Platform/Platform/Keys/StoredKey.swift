import Primitives

/// A key as the table has it.
struct StoredKey: Sendable {
    let principal: Principal
    let expiresAt: Timestamp?
    let revokedAt: Timestamp?

    /// Whether the key may be used at a moment.
    func principal(at now: Timestamp) throws(PlatformError) -> Principal {
        if revokedAt != nil { throw PlatformError(.keyRevoked, "This API key was revoked. Create a new one.") }
        if let expiresAt, expiresAt <= now {
            throw PlatformError(.keyExpired, "This API key has expired. Create a new one.")
        }
        return principal
    }
}
