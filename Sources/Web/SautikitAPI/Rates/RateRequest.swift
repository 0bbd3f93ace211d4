import Hummingbird
import Platform

/// The query of `GET /v1/rates`.
enum RateRequest {
    /// The number that is asked about. A `+` that was not escaped arrives as a space, which numbers may have.
    static func number(_ query: Parameters) throws(PlatformError) -> PhoneNumber {
        guard let text = try Query.text(query, "to") else {
            throw PlatformError(.requestInvalid, "'to' is the number to call, such as +256772123456.", field: "to")
        }
        return try PhoneNumber(parsing: text, field: "to")
    }
}
