import Database
import Foundation

extension Limits {
    /// An object with every limit, `null` where there is none.
    package var json: JSONValue {
        [
            "max_concurrent_calls": Self.number(concurrentCalls), "calls_per_second": Self.number(callsPerSecond),
            "spend_per_day_minor": Self.number(spendPerDayMinor),
            "longest_call_seconds": Self.number(longestCallSeconds), "countries": Self.list(countries),
            "high_risk_prefixes": Self.list(highRiskPrefixes),
        ]
    }

    /// How they are kept in a column; nil for none.
    var stored: String? { self == Limits() ? nil : json.text }

    /// Reads a column.
    init(stored text: String?) throws {
        guard let text else { return }
        let document = try JSONValue(parsing: Data(text.utf8))
        guard case .object = document else { throw DatabaseError.decoding("limits") }
        concurrentCalls = document["max_concurrent_calls"]?.integer
        callsPerSecond = document["calls_per_second"]?.integer
        spendPerDayMinor = document["spend_per_day_minor"]?.integer
        longestCallSeconds = document["longest_call_seconds"]?.integer
        countries = Self.texts(document["countries"])
        highRiskPrefixes = Self.texts(document["high_risk_prefixes"])
    }

    private static func number(_ value: Int64?) -> JSONValue { value.map { .integer($0) } ?? .null }

    private static func list(_ values: [String]?) -> JSONValue {
        values.map { .array($0.map { .string($0) }) } ?? .null
    }

    private static func texts(_ value: JSONValue?) -> [String]? {
        guard case .array(let items)? = value else { return nil }
        return items.compactMap(\.stringValue)
    }
}
