import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/api-keys`.
struct KeysController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list, post: create)
        group.resource("self", get: showSelf)
        group.resource("{id}", get: get, patch: change, delete: revoke)
        group.resource("{id}/rotate", post: rotate)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let keys = try await ManageKeys(context).all(workspaceID: principal.workspaceID)
        return APIResponse.json(["data": .array(keys.map { KeyResponses.key($0, at: context.clock.now()) })])
    }

    @Sendable private func create(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let body = try await BodyReader.object(request)
        let wish = try CreateKeyRequest.read(body.document, for: principal)
        let created = try await CreateKey(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            wish,
            limit: principal.scopes,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return answer(created)
    }

    /// What the key is that asks; needs no scope, since it says nothing that the key does not show.
    @Sendable private func showSelf(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        guard case .key(let id) = principal.actor else {
            throw PlatformError(.keyInvalid, "This is for keys: send 'Authorization: Bearer tsk_live_…'.")
        }
        let key = try await ManageKeys(context).one(id, workspaceID: principal.workspaceID)
        return APIResponse.json(KeyResponses.key(key, at: context.clock.now()))
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let id = try api.requireID(.keyNotFound)
        let key = try await ManageKeys(context).one(id, workspaceID: principal.workspaceID)
        return APIResponse.json(KeyResponses.key(key, at: context.clock.now()))
    }

    @Sendable private func change(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let id = try api.requireID(.keyNotFound)
        var reader = FieldReader(try await BodyReader.object(request).document)
        let limits = LimitsChange.member(of: &reader)
        // Either may be left out, but not both.
        let name = limits == nil ? reader.string("name") : reader.optionalString("name")
        try reader.finish()
        let key = try await ManageKeys(context.asked(by: api.asker)).change(
            id,
            workspaceID: principal.workspaceID,
            name: name,
            limits: limits?.step
        )
        return APIResponse.json(KeyResponses.key(key, at: context.clock.now()))
    }

    @Sendable private func revoke(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let id = try api.requireID(.keyNotFound)
        try await RevokeKey(context.asked(by: api.asker))(workspaceID: principal.workspaceID, keyID: id)
        return APIResponse.json(["id": .string(id.uuidString), "status": "revoked"])
    }

    @Sendable private func rotate(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let id = try api.requireID(.keyNotFound)
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let overlap = reader.optionalInteger("overlap_seconds") ?? 86_400
        try reader.finish()
        let created = try await RotateKey(context.asked(by: api.asker))(
            id,
            workspaceID: principal.workspaceID,
            // More than fits is more than allowed, too.
            overlap: .seconds(min(max(overlap, -1), 1 << 40)),
            createdBy: principal.userID,
            limit: principal.scopes,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return answer(created)
    }

    private func answer(_ created: CreateKey.Created) -> Response {
        APIResponse.json(
            KeyResponses.created(created, at: context.clock.now()),
            status: .created,
            headers: Idempotency.headers(isReplay: created.isReplay)
        )
    }

    private func principal(_ api: APIContext) throws(PlatformError) -> Principal {
        let principal = try api.requirePrincipal()
        try principal.require(.keysManage)
        return principal
    }
}
