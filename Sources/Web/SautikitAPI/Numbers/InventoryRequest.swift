import Hummingbird
import Platform

/// Which numbers of the inventory are wanted.
struct InventoryRequest {
    let country: String?
    let prefix: String
    let limit: Int

    init(_ query: Parameters) throws(PlatformError) {
        country = try Query.text(query, "country")
        prefix = try Query.text(query, "prefix") ?? ""
        limit = try Query.integer(query, "limit", in: 1...100, default: 25)
        if let country, country.count != 2 {
            throw PlatformError(.requestInvalid, "'country' is a two-letter code such as KE.", field: "country")
        }
    }
}
