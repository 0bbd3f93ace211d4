import Platform
import Primitives

/// Numbers as this dialect shows them: the seed's fields, and those that the official SDK and known clients read.
enum NumberResponses {
    /// A page; the cursor is the last number's id.
    static func inventory(_ numbers: [VoiceNumber], hasMore: Bool, _ prices: PriceList) -> JSONValue {
        let items = numbers.map { number -> JSONValue in
            .object(
                [
                    JSONMember("inventory_id", .string(number.id.numberID)),
                    JSONMember("id", .string(number.id.numberID)),
                    JSONMember("e164", .string(number.e164)), JSONMember("number", .string(number.e164)),
                    JSONMember("country", .string(number.country.lowercased())), JSONMember("capabilities", ["voice"]),
                    JSONMember("monthly_price_minor", .integer(prices.numberMonthlyMinor)),
                    JSONMember("currency", "KES"),
                ] + rates(prices)
            )
        }
        let cursor = hasMore ? numbers.last?.id.numberID : nil
        return ["available": .array(items), "next_cursor": JSONValue(cursor)]
    }

    /// The number that was claimed; or those of a request that asked for several, with what they cost together.
    static func claimed(_ claimed: [ClaimNumber.Claimed], isList: Bool, _ prices: PriceList) -> JSONValue {
        if !isList, let first = claimed.first { return Self.claimed(first, prices) }
        let total = claimed.reduce(0) { $0 + $1.charge.totalMinor }
        return [
            "numbers": .array(claimed.map { Self.claimed($0, prices) }), "total_minor": .integer(total),
            "currency": "KES",
        ]
    }

    private static func claimed(_ claimed: ClaimNumber.Claimed, _ prices: PriceList) -> JSONValue {
        let number = claimed.number
        return .object([
            JSONMember("id", .string(number.id.numberID)), JSONMember("number", .string(number.e164)),
            JSONMember("country", .string(number.country.lowercased())),
            JSONMember("status", .string(number.status.rawValue)),
            JSONMember("voice_callback_url", JSONValue(number.voiceCallbackURL)),
            JSONMember("monthly_rate_kes", whole(prices.numberMonthlyMinor)),
            JSONMember("provisioned_at", JSONValue(number.claimedAt?.rfc3339Seconds)),
            JSONMember("e164", .string(number.e164)), JSONMember("events_url", JSONValue(number.eventsURL)),
            JSONMember("voice_signing_secret", .string(claimed.signingSecret)), JSONMember("currency", "KES"),
            JSONMember("monthly_price_minor", .integer(prices.numberMonthlyMinor)),
            JSONMember("created_at", JSONValue(number.claimedAt?.rfc3339Seconds)),
            JSONMember("fallback_url", JSONValue(number.fallbackURL)),
            JSONMember("voice_callback_format", .string(number.callbackFormat.rawValue)),
            JSONMember("paid_until", JSONValue(number.paidUntil)), JSONMember("charge", rental(claimed.charge)),
        ])
    }

    static func released(_ released: ReleaseNumber.Released) -> JSONValue {
        let number = released.number
        return .object([
            JSONMember("id", .string(number.id.numberID)), JSONMember("number", .string(number.e164)),
            JSONMember("status", .string(number.status.rawValue)),
            JSONMember("released_at", JSONValue(number.releasedAt)), JSONMember("refund", rental(released.refund)),
        ])
    }

    /// Days of a month and what they cost, or give back, with VAT shown.
    static func rental(_ charge: RentalCharge) -> JSONValue {
        .object([
            JSONMember("days", .integer(charge.days)), JSONMember("days_in_month", .integer(charge.daysInMonth)),
            JSONMember("net_minor", .integer(charge.netMinor)), JSONMember("vat_minor", .integer(charge.taxMinor)),
            JSONMember("total_minor", .integer(charge.totalMinor)), JSONMember("currency", "KES"),
        ])
    }

    static func owned(_ numbers: [VoiceNumber], _ prices: PriceList) -> JSONValue {
        ["numbers": .array(numbers.map { one($0, prices) })]
    }

    static func one(_ number: VoiceNumber, _ prices: PriceList) -> JSONValue {
        .object(
            [
                JSONMember("id", .string(number.id.numberID)), JSONMember("number", .string(number.e164)),
                JSONMember("e164", .string(number.e164)), JSONMember("country", .string(number.country.lowercased())),
                JSONMember("country_iso2", .string(number.country)),
                JSONMember("status", .string(number.status.rawValue)),
                JSONMember("monthly_rate_kes", whole(prices.numberMonthlyMinor)),
                JSONMember("monthly_retail_minor", .integer(prices.numberMonthlyMinor)),
                JSONMember("currency", "KES"), JSONMember("claimed_at", JSONValue(number.claimedAt)),
                JSONMember("capabilities", ["voice"]),
                JSONMember("voice_callback_url", JSONValue(number.voiceCallbackURL)),
                JSONMember("events_url", JSONValue(number.eventsURL)),
                JSONMember("fallback_url", JSONValue(number.fallbackURL)),
                JSONMember("voice_callback_format", .string(number.callbackFormat.rawValue)),
                JSONMember("paid_until", JSONValue(number.paidUntil)),
                JSONMember("released_at", JSONValue(number.releasedAt)),
            ] + rates(prices)
        )
    }

    /// Shillings as the seed writes them: `100`, or `100.50` when there are cents.
    static func whole(_ minor: Int64) -> JSONValue {
        minor.isMultiple(of: 100) ? .integer(minor / 100) : .decimal(minor: minor)
    }

    private static func rates(_ prices: PriceList) -> [JSONMember] {
        [
            JSONMember("inbound_per_min_minor", .integer(prices.inboundPerMinuteMinor)),
            JSONMember("outbound_per_min_minor", .integer(prices.outboundPerMinuteMinor)),
        ]
    }
}
