import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/auth`, `/v1/me` and `/v1/workspaces`: who is asking, and for which workspace.
struct SignInController {
    private let context: PlatformContext
    private let signIn: SignIn
    private let publicURL: String?

    init(_ context: PlatformContext, signIn: SignIn, publicURL: String?) {
        self.context = context
        self.signIn = signIn
        self.publicURL = publicURL
    }

    /// What somebody may ask who has not signed in.
    func addPublic(to group: RouterGroup<APIContext>) {
        for path in Aliases.requestSignIn { group.resource(path, post: request) }
        for path in Aliases.redeemSignIn { group.resource(path, post: redeem) }
        for path in Aliases.acceptInvitation { group.resource(path, post: accept) }
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("me", get: me)
        group.resource("workspaces", post: openAnother)
        group.resource("auth/onboarding", post: onboard)
        group.resource("auth/workspace", post: switchWorkspace)
        group.resource("auth/sign-out", post: signOut)
        group.resource("auth/sign-out-everywhere", post: signOutEverywhere)
    }

    @Sendable private func request(_ request: Request, _ api: APIContext) async throws -> Response {
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let email = reader.string("email")
        try reader.finish()
        let base = OwnURL.base(publicURL, request)
        try await RequestSignIn(context)(email: email, client: SignInClient(request, api)) { token in
            "\(base)/auth/verify?token=\(token)"
        }
        return APIResponse.json(SignInResponses.sent(context.settings.signInLinkLifetime), status: .accepted)
    }

    @Sendable private func redeem(_ request: Request, _ api: APIContext) async throws -> Response {
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let token = reader.string("token")
        try reader.finish()
        let done = try await signIn.redeem(token, request, api)
        let memberships = try await ListMemberships(context)(userID: done.user.id)
        var response = APIResponse.json(SignInResponses.me(done.user, memberships, invitation: done.invitation))
        for cookie in done.cookies { response.setCookie(cookie) }
        return response
    }

    @Sendable private func me(_ request: Request, _ api: APIContext) async throws -> Response {
        let session = try api.requireSession()
        let memberships = try await ListMemberships(context)(userID: session.user.id)
        return APIResponse.json(SignInResponses.me(session.user, memberships))
    }

    @Sendable private func onboard(_ request: Request, _ api: APIContext) async throws -> Response {
        try await open(request, api, isFirst: true)
    }

    @Sendable private func openAnother(_ request: Request, _ api: APIContext) async throws -> Response {
        try await open(request, api, isFirst: false)
    }

    private func open(_ request: Request, _ api: APIContext, isFirst: Bool) async throws -> Response {
        let session = try api.requireSession()
        let body = try await BodyReader.object(request)
        let wish = try OpenWorkspaceRequest.read(body.document, isFirst: isFirst)
        let opened = try await OpenWorkspace(context.asked(by: api.asker))(
            session,
            wish,
            isFirst: isFirst,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            SignInResponses.opened(opened.workspace),
            status: .created,
            headers: Idempotency.headers(isReplay: opened.isReplay)
        )
    }

    @Sendable private func switchWorkspace(_ request: Request, _ api: APIContext) async throws -> Response {
        let session = try api.requireSession()
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let text = reader.string("workspace_id")
        try reader.finish()
        guard let id = Identifier(parsing: text) else {
            throw PlatformError(.requestInvalid, "'workspace_id' is not an id.", field: "workspace_id")
        }
        try await SwitchWorkspace(context)(session, to: id)
        return APIResponse.json(["workspace_id": .string(id.uuidString)])
    }

    @Sendable private func accept(_ request: Request, _ api: APIContext) async throws -> Response {
        var reader = FieldReader(try await BodyReader.object(request).document)
        let token = reader.string("token")
        try reader.finish()
        let session = try await signIn.requireSession(request, for: token)
        let invitation = try await AcceptInvitation(context.asked(by: api.asker(session)))(session, token: token)
        return APIResponse.json([
            "workspace_id": .string(invitation.workspaceID.uuidString), "role": .string(invitation.role.rawValue),
        ])
    }

    @Sendable private func signOut(_ request: Request, _ api: APIContext) async throws -> Response {
        try await EndSessions(context).one(try api.requireSession())
        return signedOut()
    }

    @Sendable private func signOutEverywhere(_ request: Request, _ api: APIContext) async throws -> Response {
        try await EndSessions(context).everywhere(try api.requireSession())
        return signedOut()
    }

    private func signedOut() -> Response {
        var response = APIResponse.json(["status": "signed_out"])
        response.setCookie(SessionCookie.cleared(isSecure: signIn.isSecure))
        return response
    }
}
