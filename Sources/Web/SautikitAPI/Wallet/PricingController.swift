import Hummingbird
import Platform
import Primitives
import WebSupport

/// `/v1/public/pricing`, for everybody.
struct PricingController {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func add(to group: RouterGroup<APIContext>) {
        group.resource("pricing", get: get)
    }

    @Sendable private func get(_ request: Request, _ api: APIContext) async throws -> Response {
        let prices = context.settings.prices
        return APIResponse.json([
            "currency": "KES", "number_monthly_kes": NumberResponses.whole(prices.numberMonthlyMinor),
            "outbound_per_min_kes": .decimal(minor: prices.outboundPerMinuteMinor),
            "inbound_per_min_kes": .decimal(minor: prices.inboundPerMinuteMinor),
            "recording_free_gb": .integer(prices.recordingFreeGB),
            "updated_at": .string(prices.updatedAt.rfc3339Seconds),
        ])
    }
}
