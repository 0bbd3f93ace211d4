import Primitives

/// A key with what else decides whether it may be used.
struct StoredKey: Sendable {
    let key: APIKey
    let workspaceStatus: WorkspaceStatus
    /// How far the workspace's clock is ahead of the server's.
    let clockOffset: Duration

    /// Whom the key stands for, if it may be used at a moment from an address.
    func principal(at now: Timestamp, from address: IPAddress?) throws(PlatformError) -> Principal {
        if key.revokedAt != nil { throw PlatformError(.keyRevoked, "This API key was revoked. Create a new one.") }
        if let expiresAt = key.expiresAt, expiresAt <= now + clockOffset {
            throw PlatformError(.keyExpired, "This API key has expired. Create a new one.")
        }
        let isAllowed =
            key.allowedNetworks.isEmpty
            || address.map { address in key.allowedNetworks.contains { $0.contains(address) } } ?? false
        guard isAllowed else {
            throw PlatformError(.keyAddressDenied, "This API key may not be used from this network address.")
        }
        return Principal(
            workspaceID: key.workspaceID,
            actor: .key(key.id),
            scopes: key.scopes,
            workspaceStatus: workspaceStatus,
            clockOffset: clockOffset
        )
    }
}
