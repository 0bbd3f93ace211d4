import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/usage`: what was used and what it cost, day by day or month by month.
struct UsageController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource(get: get)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let principal = try api.requirePrincipal()
        try principal.require(.walletRead)
        let query = request.uri.queryParameters
        let context = context.asked(by: api.asker)
        let sums = SumUsage(context)
        let bucketName = try Query.text(query, "bucket") ?? SumUsage.Bucket.day.rawValue
        guard let bucket = SumUsage.Bucket(rawValue: bucketName) else {
            throw PlatformError(.requestInvalid, "'bucket' is day or month.", field: "bucket")
        }
        let to = try Query.moment(query, "to") ?? context.clock.now() + .milliseconds(1)
        let from = try Query.moment(query, "from") ?? sums.startOfMonth()
        let slots = try await sums(workspaceID: principal.workspaceID, from: from, to: to, bucket: bucket)
        return APIResponse.json(UsageResponses.usage(slots, from: from, to: to, bucket))
    }
}
