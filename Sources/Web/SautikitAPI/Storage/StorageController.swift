import Hummingbird
import Platform
import WebSupport

/// `/v1/storage`: what recordings take up and cost, and how long they are kept.
struct StorageController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: get)
        for path in Aliases.storage { group.resource(path, get: get) }
        group.resource("retention", get: getRetention, patch: setRetention)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let report = try await ReadStorage(context.asked(by: api.asker))(workspaceID: principal.workspaceID)
        return APIResponse.json(StorageResponses.report(report, try await ReadPrices(context.asked(by: api.asker))()))
    }

    @Sendable private func getRetention(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let days = try await SetRetention(context).current(workspaceID: principal.workspaceID)
        return APIResponse.json(["retention_days": .integer(days)])
    }

    @Sendable private func setRetention(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsWrite)
        let document = try await BodyReader.object(request).document
        guard case .integer(let days)? = document["retention_days"] else {
            throw PlatformError(
                .requestInvalid,
                "'retention_days' must be a whole number.",
                field: "retention_days"
            )
        }
        try await SetRetention(context.asked(by: api.asker))(workspaceID: principal.workspaceID, days: days)
        return APIResponse.json(["retention_days": .integer(days)])
    }
}
