import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/audit`: who changed what, from where, and what it was before.
struct AuditController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: list)
    }

    @Sendable private func list(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.auditRead)
        let filter = try AuditRequest.read(request.uri.queryParameters)
        let page = try await ReadAudit(context)(workspaceID: principal.workspaceID, filter)
        return APIResponse.json(AuditResponses.page(page.entries, hasMore: page.hasMore))
    }
}
