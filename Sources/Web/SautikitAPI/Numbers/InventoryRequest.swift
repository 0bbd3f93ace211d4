import Hummingbird
import Platform
import Primitives

/// The query of `GET /v1/numbers/available`.
enum InventoryRequest {
    private static let capabilities: Set<String> = ["voice"]

    /// The filter; nil when a capability is wanted that no number has.
    static func read(_ query: Parameters) throws(PlatformError) -> InventoryFilter? {
        var filter = InventoryFilter()
        filter.country = try Query.text(query, "country")
        filter.prefix = try digits(query, "prefix")
        filter.contains = try digits(query, "contains")
        filter.after = try Query.cursor(query)
        filter.limit = try Query.integer(query, "limit", in: 1...100, default: 25)
        if let country = filter.country, country.wholeMatch(of: /[A-Za-z]{2}/) == nil {
            throw PlatformError(.requestInvalid, "'country' is a two-letter code such as KE.", field: "country")
        }
        if let currency = try Query.text(query, "currency"), currency.uppercased() != "KES" { return nil }
        guard let wanted = try Query.text(query, "capability") else { return filter }
        return capabilities.isSuperset(of: wanted.lowercased().split(separator: ",").map(String.init)) ? filter : nil
    }

    /// Digits, with a plus in front at most: a plus that a client did not encode comes as a space.
    private static func digits(_ query: Parameters, _ name: String) throws(PlatformError) -> String {
        let text = (try Query.text(query, name) ?? "").replacing(" ", with: "+")
        guard text.drop(while: { $0 == "+" }).allSatisfy({ $0.isASCII && $0.isNumber }), text.utf8.count <= 16 else {
            throw PlatformError(.requestInvalid, "'\(name)' is digits of a number.", field: name)
        }
        return text
    }
}
