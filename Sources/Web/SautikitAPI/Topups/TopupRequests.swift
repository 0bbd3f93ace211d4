import Hummingbird
import Platform
import Primitives
import WebSupport

/// What `/v1/topups` is asked.
enum TopupRequests {
    /// The body of `POST /v1/topups`.
    static func wish(_ document: JSONValue) throws(PlatformError) -> RequestTopup.Wish {
        var reader = FieldReader(document, aliases: Aliases.fields)
        let amount = reader.optionalInteger("amount_minor")
        if amount == nil, reader.raw("amount_minor") == nil {
            reader.add([FieldFault("amount_minor", "'amount_minor' is required.")])
        }
        let wish = RequestTopup.Wish(
            phone: reader.string("phone_e164"),
            amountMinor: amount ?? 0,
            currency: reader.optionalString("currency"),
            provider: reader.optionalString("provider")
        )
        try reader.finish()
        return wish
    }

    /// The query of `GET /v1/topups`.
    static func filter(_ query: Parameters) throws(PlatformError) -> TopupFilter {
        var filter = TopupFilter()
        filter.before = try Query.cursor(query)
        filter.limit = try Query.integer(query, "limit", in: 1...100, default: 25)
        if let name = try Query.text(query, "status") {
            guard let status = TopupStatus(rawValue: name) else {
                let known = TopupStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw PlatformError(.requestInvalid, "'status' is one of \(known).", field: "status")
            }
            filter.status = status
        }
        return filter
    }
}
