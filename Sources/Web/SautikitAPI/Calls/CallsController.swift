import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/calls`.
struct CallsController {
    let context: PlatformContext
    private let vault: ObjectVault
    private let publicURL: String?

    init(_ context: PlatformContext, vault: ObjectVault, publicURL: String?) {
        self.context = context
        self.vault = vault
        self.publicURL = publicURL
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list, post: place)
        for path in Aliases.placeCall { group.resource(path, post: place) }
        group.resource("stats", get: stats)
        group.resource("export", get: export)
        group.resource("{id}", get: get)
        group.resource("{id}/events", get: events)
        group.resource("{id}/timeline", get: timeline)
        group.resource("{id}/recording", get: recording, delete: deleteRecording)
        group.resource("{id}/recordings", get: recordings)
    }

    @Sendable private func place(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsWrite)
        let body = try await BodyReader.object(request)
        if let dryRun = try DryRun(body.document, request, api, publicURL: publicURL) {
            return try await quote(body.document, for: principal, api, dryRun)
        }
        var call = try PlaceCallRequest.read(
            body.document,
            workspaceID: principal.workspaceID,
            settings: context.settings
        )
        call.idempotency = try Idempotency.read(request, operation: "POST /v1/calls", body: body.bytes)
        let placed = try await PlaceCall(context.asked(by: api.asker))(call)
        return APIResponse.json(
            CallResponses.placed(placed.call),
            status: .created,
            headers: Idempotency.headers(isReplay: placed.isReplay)
        )
    }

    private func quote(
        _ document: JSONValue,
        for principal: Principal,
        _ api: APIContext,
        _ dryRun: DryRun
    ) async throws -> Response {
        do {
            let call = try PlaceCallRequest.read(
                document,
                workspaceID: principal.workspaceID,
                settings: context.settings
            )
            let quote = try await PlaceCall(context.asked(by: api.asker)).quote(call)
            let legs = try await CheckVoiceDocument(context).mostMinor(call.actions)
            return try dryRun.answer(quote.refusal, QuoteResponses.call(quote, legsMinor: legs))
        } catch let refusal as PlatformError {
            return try dryRun.answer(refusal, QuoteResponses.call(nil))
        }
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let filter = try ListCallsRequest.read(request.uri.queryParameters)
        let page = try await ListCalls(context)(workspaceID: principal.workspaceID, filter: filter)
        return APIResponse.json(CallResponses.page(page.calls, hasMore: page.hasMore))
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let found = try await GetCall(context)(
            workspaceID: principal.workspaceID,
            reference: try api.requireReference()
        )
        return APIResponse.json(CallResponses.one(found.call, found.timeline))
    }

    @Sendable private func deleteRecording(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsWrite)
        let reference = try api.requireReference()
        try await DeleteRecording(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            reference: reference
        )
        return APIResponse.json(["status": "deleted"])
    }

    @Sendable private func recording(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let state = try await FindRecording(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            reference: try api.requireReference()
        )
        switch state {
        case .pending:
            let retry: JSONValue = ["status": "pending", "retry_after_seconds": 10]
            return APIResponse.json(retry, status: .accepted, headers: [.retryAfter: "10"])
        case .ready(let recording):
            try await StoredFile(recording, in: vault).requirePresent()
            let headers: HTTPFields = [.location: link(recording, request), .cacheControl: "no-store"]
            return Response(status: .found, headers: headers)
        }
    }

    @Sendable private func recordings(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let found = try await FindRecording(context.asked(by: api.asker))
            .all(workspaceID: principal.workspaceID, reference: try api.requireReference())
        let shown = found.map { CallResponses.recording($0, link: link($0, request)) }
        return APIResponse.json(["data": .array(shown)], headers: [.cacheControl: "no-store"])
    }

    private func link(_ recording: Recording, _ request: Request) -> String {
        let expiresAt = context.clock.now() + context.settings.recordingLinkLifetime
        return OwnURL.base(publicURL, request) + RecordingLink(context).path(of: recording.id, expiresAt: expiresAt)
    }
}
