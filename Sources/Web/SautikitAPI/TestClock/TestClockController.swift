import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/test/clock`: the clock of a test workspace.
struct TestClockController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: get)
        group.resource("advance", post: advance)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        return Self.answer(try await MoveTestClock(context).read(workspaceID: principal.workspaceID))
    }

    @Sendable private func advance(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletWrite)
        let wish = try TestClockRequest.read(try await BodyReader.object(request).document)
        let clock = try await MoveTestClock(context.asked(by: api.asker))(wish, workspaceID: principal.workspaceID)
        return Self.answer(clock)
    }

    private static func answer(_ clock: TestClock) -> Response {
        APIResponse.json([
            "now": .string(clock.now.rfc3339), "status": clock.target == nil ? "ready" : "advancing",
            "target": JSONValue(clock.target?.rfc3339),
            "offset_seconds": .integer(clock.offset.wholeMilliseconds / 1000),
        ])
    }
}
