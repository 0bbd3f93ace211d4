import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/events`: what happened, for those who would rather ask than be told.
struct EventsController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.webhooksManage)
        let query = request.uri.queryParameters
        let kinds = (try Query.text(query, "kind") ?? "").split(separator: ",").map(String.init)
        let cursor = try Query.cursor(query)
        let events = try await ListEvents(context.asked(by: api.asker))(
            workspaceID: principal.workspaceID,
            after: cursor,
            kinds: kinds,
            limit: try Query.integer(query, "limit", in: 1...100, default: 25)
        )
        return APIResponse.json(try WebhookResponses.events(events, after: cursor))
    }
}
