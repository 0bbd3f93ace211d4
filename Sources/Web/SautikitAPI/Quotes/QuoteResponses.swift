import Ledger
import Platform
import Primitives

/// What a dry run says besides the verdict.
enum QuoteResponses {
    /// - Parameters:
    ///   - quote: nil when the request names no destination to quote.
    ///   - legsMinor: what the calls that its actions place can cost together; nil when one has no price.
    static func call(_ quote: CallQuote?, legsMinor: Int64? = nil) -> [JSONMember] {
        guard let quote else { return [JSONMember("price", .null), JSONMember("route", .null)] }
        let price: JSONValue = [
            "rate_per_minute_minor": quote.ratePerMinuteMinor.map { .integer($0) } ?? .null,
            "currency": .string(quote.currency.code),
            "max_cost_minor": quote.mostMinor.map { .integer($0) } ?? .null,
            "legs_max_cost_minor": legsMinor.map { .integer($0) } ?? .null,
            "max_duration_seconds": quote.timeLimit.map { .integer($0.length.components.seconds) } ?? .null,
        ]
        let route: JSONValue = [
            "from": .string(quote.from), "to": .string(quote.to), "trunk": JSONValue(quote.trunk),
            "dial_at": JSONValue(quote.dialAt?.rfc3339),
        ]
        return [JSONMember("price", price), JSONMember("route", route)]
    }

    static func claim(_ quote: ClaimQuote?, _ prices: PriceList) -> [JSONMember] {
        guard let quote else { return [JSONMember("price", .null)] }
        func sum(_ part: KeyPath<RentalCharge, Int64>) -> JSONValue {
            .integer(quote.charges.reduce(0) { $0 + $1[keyPath: part] })
        }
        let price: JSONValue = [
            "numbers": .array(quote.numbers.map { .string($0) }),
            "charges": .array(quote.charges.map(NumberResponses.rental)),
            "net_minor": sum(\.netMinor), "vat_minor": sum(\.taxMinor), "total_minor": sum(\.totalMinor),
            "monthly_price_minor": .integer(prices.numberMonthlyMinor), "currency": "KES",
        ]
        return [JSONMember("price", price)]
    }
}
