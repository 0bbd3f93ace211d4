import Platform
import Primitives

/// People and invitations as this dialect shows them.
enum MemberResponses {
    static func member(_ member: Member) -> JSONValue {
        [
            "user_id": .string(member.user.id.uuidString), "email": .string(member.user.email),
            "name": JSONValue(member.user.name), "role": .string(member.role.rawValue),
            "joined_at": JSONValue(member.joinedAt),
        ]
    }

    static func invitation(_ invitation: Invitation) -> JSONValue {
        [
            "id": .string(invitation.id.uuidString), "email": .string(invitation.email),
            "role": .string(invitation.role.rawValue), "status": "pending",
            "created_at": JSONValue(invitation.createdAt), "expires_at": JSONValue(invitation.expiresAt),
        ]
    }
}
