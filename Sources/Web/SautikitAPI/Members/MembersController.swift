import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/members` and `/v1/invitations`: who belongs to a workspace, and who may come.
struct MembersController {
    private let context: PlatformContext
    private let publicURL: String?

    init(_ context: PlatformContext, publicURL: String?) {
        self.context = context
        self.publicURL = publicURL
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("members", get: list)
        group.resource("members/{id}", patch: changeRole, delete: remove)
        group.resource("invitations", get: pending, post: invite)
        group.resource("invitations/{id}", delete: revoke)
        group.resource("invitations/{id}/resend", post: resend)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.membersRead)
        let members = try await ListMembers(context)(workspaceID: principal.workspaceID)
        return APIResponse.json(["data": .array(members.map(MemberResponses.member))])
    }

    @Sendable private func changeRole(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        let userID = try api.requireID(ErrorCode.memberNotFound)
        var reader = FieldReader(try await BodyReader.object(request).document)
        let role = reader.role("role")
        try reader.finish()
        let member = try await ChangeRole(context.asked(by: api.asker))(principal, userID: userID, to: role)
        return APIResponse.json(MemberResponses.member(member))
    }

    @Sendable private func remove(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        let userID = try api.requireID(ErrorCode.memberNotFound)
        try await RemoveMember(context.asked(by: api.asker))(principal, userID: userID)
        return APIResponse.json(["user_id": .string(userID.uuidString), "status": "removed"])
    }

    @Sendable private func pending(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.membersRead)
        let invitations = try await ManageInvitations(context).pending(workspaceID: principal.workspaceID)
        return APIResponse.json(["data": .array(invitations.map(MemberResponses.invitation))])
    }

    @Sendable private func invite(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.membersManage)
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let (email, role) = (reader.string("email"), reader.role("role", default: .member))
        try reader.finish()
        let invited = try await InviteMember(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            email: email,
            role: role,
            idempotency: try Idempotency.read(request, body: body.bytes),
            link: link(request)
        )
        return APIResponse.json(
            MemberResponses.invitation(invited.invitation),
            status: .created,
            headers: Idempotency.headers(isReplay: invited.isReplay)
        )
    }

    @Sendable private func resend(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.membersManage)
        let body = try await BodyReader.object(request)
        let sent = try await ManageInvitations(context.asked(by: api.asker)).resend(
            try api.requireID(ErrorCode.invitationNotFound),
            workspaceID: principal.workspaceID,
            idempotency: try Idempotency.read(request, body: body.bytes),
            link: link(request)
        )
        return APIResponse.json(
            MemberResponses.invitation(sent.invitation),
            headers: Idempotency.headers(isReplay: sent.isReplay)
        )
    }

    @Sendable private func revoke(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.membersManage)
        let id = try api.requireID(ErrorCode.invitationNotFound)
        try await ManageInvitations(context.asked(by: api.asker)).revoke(id, workspaceID: principal.workspaceID)
        return APIResponse.json(["id": .string(id.uuidString), "status": "revoked"])
    }

    private func link(_ request: Request) -> @Sendable (String) -> String {
        let base = OwnURL.base(publicURL, request)
        return { "\(base)/auth/invite?token=\($0)" }
    }
}
