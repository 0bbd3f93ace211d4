import Hummingbird
import Platform
import Primitives
import WebSupport

/// Sums, timelines and files.
extension CallsController {
    @Sendable func stats(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let context = context.asked(by: api.asker)
        let sums = SumCalls(context)
        let wanted = try CallStatsRequest.read(request.uri.queryParameters, sums, now: context.clock.now())
        let stats = try await sums(workspaceID: principal.workspaceID, since: wanted.since, bucket: wanted.bucket)
        return APIResponse.json(CallResponses.stats(stats))
    }

    @Sendable func events(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let found = try await GetCall(context)(
            workspaceID: principal.workspaceID,
            reference: try api.requireReference()
        )
        return APIResponse.json(CallResponses.events(found.timeline))
    }

    @Sendable func timeline(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let story = try await ReadTimeline(context)(
            workspaceID: principal.workspaceID,
            reference: try api.requireReference()
        )
        return APIResponse.json(TimelineResponses.story(story))
    }

    @Sendable func export(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.callsRead)
        let query = request.uri.queryParameters
        return try await CallExport(
            context: context,
            workspaceID: principal.workspaceID,
            filter: try ListCallsRequest.readFilters(query),
            format: try ExportFormat.read(query)
        ).response()
    }
}
