import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/rates`: what calls cost by where they go.
struct RatesController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("rates", get: find)
    }

    @Sendable private func find(_ request: Request, _ api: APIContext) async throws -> Response {
        try api.requirePrincipal().require(.walletRead)
        let number = try RateRequest.number(request.uri.queryParameters)
        let found = try await Rates(context).lookUp(number)
        return APIResponse.json(RateResponses.rate(of: number, found.current, upcoming: found.upcoming))
    }
}
