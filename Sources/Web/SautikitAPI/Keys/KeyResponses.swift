import Platform
import Primitives

/// Keys as this dialect shows them.
enum KeyResponses {
    static func key(_ key: APIKey, at now: Timestamp) -> JSONValue {
        .object(members(key, at: now))
    }

    /// A new key with its secret, under the names that clients look for.
    static func created(_ created: CreateKey.Created, at now: Timestamp) -> JSONValue {
        .object(
            members(created.key, at: now) + [
                JSONMember("key", .string(created.secret)), JSONMember("api_key", .string(created.secret)),
            ]
        )
    }

    private static func members(_ key: APIKey, at now: Timestamp) -> [JSONMember] {
        [
            JSONMember("id", .string(key.id.uuidString)), JSONMember("name", .string(key.name)),
            JSONMember("prefix", .string(key.displayPrefix)),
            JSONMember("mode", key.isTest ? "test" : "live"),
            JSONMember("workspace_id", .string(key.workspaceID.uuidString)),
            JSONMember("scopes", .array(key.scopes.map(\.rawValue).sorted().map { .string($0) })),
            JSONMember("allowed_addresses", .array(key.allowedNetworks.map { .string($0.description) })),
            JSONMember("status", .string(status(key, at: now))),
            JSONMember("created_by", JSONValue(key.createdBy?.uuidString)),
            JSONMember("created_at", JSONValue(key.createdAt)), JSONMember("expires_at", JSONValue(key.expiresAt)),
            JSONMember("revoked_at", JSONValue(key.revokedAt)), JSONMember("last_used_at", JSONValue(key.lastUsedAt)),
            JSONMember("limits", key.limits.json),
        ]
    }

    private static func status(_ key: APIKey, at now: Timestamp) -> String {
        if key.revokedAt != nil { return "revoked" }
        return key.expiresAt.map { $0 <= now } ?? false ? "expired" : "active"
    }
}
