import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/topups`: money into the wallet (facts section 13).
struct TopupsController {
    private let context: PlatformContext
    private let publicURL: String?

    init(_ context: PlatformContext, publicURL: String?) {
        self.context = context
        self.publicURL = publicURL
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list, post: create)
        group.resource("{id}", get: get)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let page = try await ReadTopups(context).page(
            try TopupRequests.filter(request.uri.queryParameters),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(TopupResponses.page(page.topups, account: page.account, hasMore: page.hasMore))
    }

    @Sendable private func create(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletWrite)
        let body = try await BodyReader.object(request)
        if let dryRun = try DryRun(body.document, request, api, publicURL: publicURL) {
            return try await quote(body.document, for: principal, api, dryRun)
        }
        let asked = try await RequestTopup(context.asked(by: api.asker))(
            try TopupRequests.wish(body.document),
            workspaceID: principal.workspaceID,
            idempotency: try Idempotency.read(request, body: body.bytes)
        )
        return APIResponse.json(
            TopupResponses.topup(asked.topup, account: asked.account),
            status: .created,
            headers: Idempotency.headers(isReplay: asked.isReplay)
        )
    }

    private func quote(
        _ document: JSONValue,
        for principal: Principal,
        _ api: APIContext,
        _ dryRun: DryRun
    ) async throws -> Response {
        do {
            let wish = try TopupRequests.wish(document)
            let topup = RequestTopup(context.asked(by: api.asker))
            return try dryRun.answer(try await topup.quote(wish, workspaceID: principal.workspaceID), [])
        } catch let refusal as PlatformError {
            return try dryRun.answer(refusal, [])
        }
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let found = try await ReadTopups(context).one(
            try api.requireID(.topupNotFound),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(TopupResponses.topup(found.topup, account: found.account))
    }
}
