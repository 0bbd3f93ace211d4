import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/limits`: against fraud and mistakes.
struct LimitsController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: get, patch: change)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        return answer(try await ManageLimits(context)(workspaceID: principal.workspaceID))
    }

    @Sendable private func change(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.workspaceManage)
        let change = try LimitsChange(try await BodyReader.object(request).document)
        let view = try await ManageLimits(context.asked(by: api.asker)).change(workspaceID: principal.workspaceID) {
            change.apply(to: &$0)
        }
        return answer(view)
    }

    private func answer(_ view: ManageLimits.View) -> Response {
        APIResponse.json([
            "effective": view.effective.json, "operator": view.bound.json, "workspace": view.own.json,
            "committed_today_minor": .integer(view.committedTodayMinor), "currency": "KES",
        ])
    }
}
