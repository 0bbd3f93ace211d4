import Ledger
import Platform
import Primitives

/// People and their workspaces as this dialect shows them (seed: "Workspaces").
enum SignInResponses {
    static func sent(_ lifetime: Duration) -> JSONValue {
        ["status": "sent", "expires_in_seconds": .integer(lifetime.components.seconds)]
    }

    static func me(
        _ user: User,
        _ memberships: [Membership],
        invitation: Result<Invitation, PlatformError>? = nil
    ) -> JSONValue {
        var members = [
            JSONMember(
                "user",
                ["id": .string(user.id.uuidString), "email": .string(user.email), "name": JSONValue(user.name)]
            ), JSONMember("memberships", .array(memberships.map(membership))),
        ]
        switch invitation {
        case .success(let accepted)?:
            members.append(JSONMember("accepted_workspace_id", .string(accepted.workspaceID.uuidString)))
        case .failure(let refusal)?:
            let error: JSONValue = ["code": .string(refusal.code.rawValue), "message": .string(refusal.message)]
            members.append(JSONMember("invitation_error", error))
        case nil: break
        }
        return .object(members)
    }

    static func opened(_ workspace: Workspace) -> JSONValue {
        .object([
            JSONMember("workspace_id", .string(workspace.id.uuidString)), JSONMember("name", .string(workspace.name)),
            JSONMember("slug", .string(workspace.slug)), JSONMember("currency", .string(workspace.currency.code)),
            JSONMember("country", .string(workspace.country)),
            JSONMember("mpesa_account_ref", .string(workspace.mpesaAccountReference)), JSONMember("role", "owner"),
        ])
    }

    private static func membership(_ membership: Membership) -> JSONValue {
        let workspace = membership.workspace
        return [
            "workspace_id": .string(workspace.id.uuidString), "name": .string(workspace.name),
            "slug": .string(workspace.slug), "currency": .string(workspace.currency.code),
            "country": .string(workspace.country), "role": .string(membership.role.rawValue),
        ]
    }
}
