import Foundation
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/numbers/{id}/sip-credentials`: what SIP devices of a number register with (facts section 11.3), and
/// `/v1/numbers/{id}/registrations`: which of them have.
struct SIPCredentialsController {
    private let context: PlatformContext
    private let endpoint: @Sendable () -> String?

    /// - Parameter endpoint: where SIP over WebSocket is spoken; nil when it is not.
    init(_ context: PlatformContext, endpoint: @escaping @Sendable () -> String?) {
        self.context = context
        self.endpoint = endpoint
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("{id}/registrations", get: registrations)
        group.resource("{id}/sip-credentials", get: list, post: create)
        group.resource("{id}/sip-credentials/{credential_id}", delete: revoke)
        group.resource("{id}/sip-credentials/{credential_id}/rotate", post: rotate)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let found = try await ManageSIPCredentials(context).all(
            number: try api.requireReference(),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(["data": .array(found.map(responses.credential))])
    }

    @Sendable private func registrations(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let found = try await ListRegistrations(context)(
            number: try api.requireReference(),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(["data": .array(found.map(RegistrationResponses.device))])
    }

    @Sendable private func create(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let body = try await BodyReader.object(request)
        var reader = FieldReader(body.document)
        let label = reader.string("label")
        try reader.finish()
        let created = try await ManageSIPCredentials(context.asked(by: api.asker)).create(
            number: try api.requireReference(),
            workspaceID: principal.workspaceID,
            label: label,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            responses.created(created),
            status: .created,
            headers: Idempotency.headers(isReplay: created.isReplay)
        )
    }

    @Sendable private func rotate(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let id = try credentialID(api)
        let body = try await BodyReader.object(request)
        let rotated = try await ManageSIPCredentials(context.asked(by: api.asker)).rotate(
            id,
            number: try api.requireReference(),
            workspaceID: principal.workspaceID,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            responses.created(rotated),
            headers: Idempotency.headers(isReplay: rotated.isReplay)
        )
    }

    @Sendable private func revoke(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try principal(api)
        let id = try credentialID(api)
        try await ManageSIPCredentials(context.asked(by: api.asker)).revoke(
            id,
            number: try api.requireReference(),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(["id": .string(id.uuidString), "status": "revoked"])
    }

    private var responses: SIPCredentialResponses { SIPCredentialResponses(endpoint: endpoint()) }

    private func principal(_ api: APIContext) throws(PlatformError) -> Principal {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersClaim)
        return principal
    }

    private func credentialID(_ api: APIContext) throws(PlatformError) -> Identifier {
        try api.requireID(.credentialNotFound, "credential_id")
    }
}
