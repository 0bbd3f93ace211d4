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
        let prices = try await ReadPrices(context).withUpcoming()
        let upcoming = prices.upcoming.map { dated in
            JSONValue.object(
                [
                    JSONMember("effective_from", .string(dated.list.updatedAt.rfc3339Seconds)),
                    JSONMember("announced_at", .string(dated.announcedAt.rfc3339Seconds)),
                ] + amounts(dated.list) + [
                    JSONMember("recording_per_gb_month_kes", .decimal(minor: dated.list.storagePerGBMonthMinor)),
                    JSONMember("vat_basis_points", .integer(dated.list.vatBasisPoints)),
                ]
            )
        }
        return APIResponse.json(
            .object(
                [JSONMember("currency", "KES")] + amounts(prices.current) + [
                    JSONMember("updated_at", .string(prices.current.updatedAt.rfc3339Seconds)),
                    JSONMember("upcoming", .array(upcoming)),
                ]
            )
        )
    }

    private func amounts(_ prices: PriceList) -> [JSONMember] {
        [
            JSONMember("number_monthly_kes", NumberResponses.whole(prices.numberMonthlyMinor)),
            JSONMember("outbound_per_min_kes", .decimal(minor: prices.outboundPerMinuteMinor)),
            JSONMember("inbound_per_min_kes", .decimal(minor: prices.inboundPerMinuteMinor)),
            JSONMember("sip_per_min_kes", .decimal(minor: prices.sipPerMinuteMinor)),
            JSONMember("recording_free_gb", .integer(prices.recordingFreeGB)),
        ]
    }
}
