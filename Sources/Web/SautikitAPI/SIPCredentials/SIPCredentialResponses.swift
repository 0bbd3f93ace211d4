import Platform
import Primitives

/// SIP credentials as this dialect shows them.
enum SIPCredentialResponses {
    static func credential(_ credential: SIPCredential) -> JSONValue {
        .object(members(credential))
    }

    /// With its password, which is shown this once.
    static func created(_ created: ManageSIPCredentials.Created) -> JSONValue {
        .object(members(created.credential) + [JSONMember("password", .string(created.password))])
    }

    private static func members(_ credential: SIPCredential) -> [JSONMember] {
        [
            JSONMember("id", .string(credential.id.uuidString)),
            JSONMember("number_id", .string(credential.numberID.numberID)),
            JSONMember("label", .string(credential.label)), JSONMember("username", .string(credential.username)),
            JSONMember("realm", .string(credential.realm)), JSONMember("created_at", JSONValue(credential.createdAt)),
            JSONMember("rotated_at", JSONValue(credential.rotatedAt)),
        ]
    }
}
