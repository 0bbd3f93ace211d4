import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/browser/origins`: the sites whose pages may call in the workspace's name.
struct BrowserOriginsController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("origins", get: get, put: replace)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.webrtcToken)
        return answer(try await ManageBrowserOrigins(context)(workspaceID: principal.workspaceID))
    }

    @Sendable private func replace(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.workspaceManage)
        var reader = FieldReader(try await BodyReader.object(request).document)
        let origins = reader.optionalStrings("allowed_origins")
        if origins == nil {
            let words = "'allowed_origins' is missing; an empty list lets any site call."
            reader.add([FieldFault("allowed_origins", words)])
        }
        try reader.finish()
        let manage = ManageBrowserOrigins(context.asked(by: api.asker))
        return answer(try await manage.replace(by: origins ?? [], workspaceID: principal.workspaceID))
    }

    private func answer(_ origins: [String]) -> Response {
        APIResponse.json(["allowed_origins": .array(origins.map { .string($0) })])
    }
}
