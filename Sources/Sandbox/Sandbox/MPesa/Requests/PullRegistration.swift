/// The one-time request to pull transactions (facts section 8).
struct PullRegistration: Sendable, Equatable {
    let shortcode: String

    init(_ fields: DarajaFields) throws(DarajaError) {
        shortcode = try fields.shortcode("ShortCode")
        _ = try fields.choice("RequestType", "Pull")
        _ = try fields.phone("NominatedNumber")
        _ = try fields.url("CallBackURL")
    }
}
