import HTTPTypes
import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/numbers`.
struct NumbersController {
    private let context: PlatformContext
    private let publicURL: String?

    init(_ context: PlatformContext, publicURL: String?) {
        self.context = context
        self.publicURL = publicURL
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list, post: claim)
        group.resource("available", get: available)
        for path in Aliases.claimNumber { group.resource(path, post: claim) }
        group.resource("{id}", get: get, patch: route, delete: release)
        for path in Aliases.routeNumber { group.resource(path, get: get, put: route, patch: route) }
    }

    @Sendable private func available(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        guard let filter = try InventoryRequest.read(request.uri.queryParameters) else {
            return APIResponse.json(NumberResponses.inventory([], hasMore: false, try await ReadPrices(context)()))
        }
        let page = try await ListNumbers(context).page(filter, for: principal.workspaceID)
        return APIResponse.json(
            NumberResponses.inventory(page.numbers, hasMore: page.hasMore, try await ReadPrices(context)())
        )
    }

    @Sendable private func claim(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersClaim)
        let body = try await BodyReader.object(request)
        let pathID = api.parameters.get("id")
        if let dryRun = try DryRun(body.document, request, api, publicURL: publicURL) {
            return try await quote(body.document, pathID: pathID, for: principal, api, dryRun)
        }
        let wanted = try ClaimRequest(body.document, pathID: pathID)
        let operation = "POST /v1/numbers" + (pathID.map { "/\($0)/claim" } ?? "")
        let claimed = try await ClaimNumber(context.asked(by: api.asker)).several(
            workspaceID: principal.workspaceID,
            wanted: wanted.numbers,
            field: { wanted.field($0) },
            routing: wanted.routing,
            idempotency: try Idempotency.read(request, operation: operation, body: body.bytes)
        )
        return APIResponse.json(
            NumberResponses.claimed(claimed, isList: wanted.isList, try await ReadPrices(context)()),
            status: .created,
            headers: Idempotency.headers(isReplay: claimed.first?.isReplay ?? false)
        )
    }

    private func quote(
        _ document: JSONValue,
        pathID: String?,
        for principal: Principal,
        _ api: APIContext,
        _ dryRun: DryRun
    ) async throws -> Response {
        let prices = try await ReadPrices(context.asked(by: api.asker))()
        do {
            let wanted = try ClaimRequest(document, pathID: pathID)
            let quote = try await ClaimNumber(context.asked(by: api.asker)).quote(
                workspaceID: principal.workspaceID,
                wanted: wanted.numbers,
                field: { wanted.field($0) },
                routing: wanted.routing
            )
            return try dryRun.answer(quote.refusal, QuoteResponses.claim(quote, prices))
        } catch let refusal as PlatformError {
            return try dryRun.answer(refusal, QuoteResponses.claim(nil, prices))
        }
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let numbers = try await ListNumbers(context).owned(by: principal.workspaceID)
        return APIResponse.json(NumberResponses.owned(numbers, try await ReadPrices(context)()))
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersRead)
        let number = try await ListNumbers(context).one(
            try api.requireReference(),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(NumberResponses.one(number, try await ReadPrices(context)()))
    }

    @Sendable private func route(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersClaim)
        let change = try RoutingRequest(try await BodyReader.object(request).document)
        let number = try await RouteNumber(context.asked(by: api.asker))(
            try api.requireReference(),
            workspaceID: principal.workspaceID
        ) { change.apply(to: &$0) }
        return APIResponse.json(NumberResponses.one(number, try await ReadPrices(context)()))
    }

    @Sendable private func release(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.numbersClaim)
        let released = try await ReleaseNumber(context.asked(by: api.asker))(
            try api.requireReference(),
            workspaceID: principal.workspaceID
        )
        return APIResponse.json(NumberResponses.released(released))
    }
}
