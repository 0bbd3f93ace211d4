import Platform
import Primitives

/// SIP credentials as this dialect shows them.
struct SIPCredentialResponses {
    /// Where a telephone speaks SIP over WebSocket with one; nil when it cannot.
    private let socket: String?

    /// - Parameter endpoint: where browsers connect with tokens. Telephones do so below it, where the gateway asks them for
    ///   digests instead.
    init(endpoint: String?) {
        socket = endpoint.map { ($0.hasSuffix("/") ? String($0.dropLast()) : $0) + "/devices" }
    }

    func credential(_ credential: SIPCredential) -> JSONValue {
        .object(members(credential))
    }

    /// With its password, which is shown this once.
    func created(_ created: ManageSIPCredentials.Created) -> JSONValue {
        .object(members(created.credential) + [JSONMember("password", .string(created.password))])
    }

    private func members(_ credential: SIPCredential) -> [JSONMember] {
        [
            JSONMember("id", .string(credential.id.uuidString)),
            JSONMember("number_id", .string(credential.numberID.numberID)),
            JSONMember("label", .string(credential.label)), JSONMember("username", .string(credential.username)),
            JSONMember("realm", .string(credential.realm)), JSONMember("ws_url", JSONValue(socket)),
            JSONMember("created_at", JSONValue(credential.createdAt)),
            JSONMember("rotated_at", JSONValue(credential.rotatedAt)),
        ]
    }
}
