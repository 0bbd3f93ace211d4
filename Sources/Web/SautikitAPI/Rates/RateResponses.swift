import Platform
import Primitives

/// What calls cost, as this dialect shows it.
enum RateResponses {
    /// A number's rate now, and those that are announced.
    static func rate(of number: PhoneNumber, _ current: Rates.Dated, upcoming: [Rates.Dated]) -> JSONValue {
        .object(
            [JSONMember("to", .string(number.e164))] + members(current) + [
                JSONMember("upcoming", .array(upcoming.map { .object(members($0)) }))
            ]
        )
    }

    private static func members(_ dated: Rates.Dated) -> [JSONMember] {
        [
            JSONMember("prefix", .string(dated.rate.prefix)), JSONMember("country", .string(dated.rate.country)),
            JSONMember("destination", .string(dated.rate.destination)), JSONMember("currency", "KES"),
            JSONMember("net_per_min_minor", .integer(dated.netMinor)),
            JSONMember("vat_per_min_minor", .integer(dated.vatMinor)),
            JSONMember("total_per_min_minor", .integer(dated.rate.perMinuteMinor)),
            JSONMember("vat_basis_points", .integer(dated.vatBasisPoints)),
            JSONMember("effective_from", .string(dated.effectiveAt.rfc3339Seconds)),
        ]
    }
}
