import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/wallet/alerts` and `/v1/wallet/threshold`: when a low balance is told of, and to whom.
struct AlertsController {
    private let context: PlatformContext
    private let publicURL: String?

    init(_ context: PlatformContext, publicURL: String?) {
        self.context = context
        self.publicURL = publicURL
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("threshold", put: setFirst, patch: setFirst)
        group.resource("alerts", get: get, put: set)
        group.resource("alerts/recipients", get: list, post: add)
        group.resource("alerts/recipients/{id}", delete: remove)
        group.resource("alerts/recipients/{id}/resend", post: resend)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let minor = try await SetThresholds(context).current(workspaceID: principal.workspaceID)
        return APIResponse.json(AlertResponses.thresholds(minor))
    }

    @Sendable private func set(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletWrite)
        let wanted = try AlertRequests.thresholds(try await BodyReader.object(request).document)
        let minor = try await SetThresholds(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            thresholdsMinor: wanted
        )
        return APIResponse.json(AlertResponses.thresholds(minor))
    }

    @Sendable private func setFirst(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletWrite)
        let wanted = try AlertRequests.threshold(try await BodyReader.object(request).document)
        let minor = try await SetThresholds(context.asked(by: api.asker)).first(
            workspaceID: principal.workspaceID,
            thresholdMinor: wanted
        )
        return APIResponse.json(AlertResponses.thresholds(minor))
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let recipients = try await ManageAlertRecipients(context).list(workspaceID: principal.workspaceID)
        return APIResponse.json(AlertResponses.list(recipients))
    }

    @Sendable private func add(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletWrite)
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let email = reader.string("email")
        try reader.finish()
        let added = try await ManageAlertRecipients(context.asked(by: api.asker)).add(
            email: email,
            workspaceID: principal.workspaceID,
            owner: api.session?.user.email,
            idempotency: try Idempotency.read(request, body: body.bytes),
            baseURL: OwnURL.base(publicURL, request)
        )
        return APIResponse.json(
            AlertResponses.recipient(added.recipient),
            status: .created,
            headers: Idempotency.headers(isReplay: added.isReplay)
        )
    }

    @Sendable private func resend(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletWrite)
        let body = try await BodyReader.object(request)
        let sent = try await ManageAlertRecipients(context.asked(by: api.asker)).resend(
            try api.requireID(.alertRecipientNotFound),
            workspaceID: principal.workspaceID,
            idempotency: try Idempotency.read(request, body: body.bytes),
            baseURL: OwnURL.base(publicURL, request)
        )
        return APIResponse.json(
            AlertResponses.recipient(sent.recipient),
            headers: Idempotency.headers(isReplay: sent.isReplay)
        )
    }

    @Sendable private func remove(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletWrite)
        let id = try api.requireID(.alertRecipientNotFound)
        try await ManageAlertRecipients(context.asked(by: api.asker)).remove(id, workspaceID: principal.workspaceID)
        return APIResponse.json(["id": .string(id.rendered(prefix: AlertRecipient.prefix)), "status": "removed"])
    }
}
