/// Where customers' own payments are validated and confirmed (facts section 6).
struct C2BURLs: Sendable, Equatable {
    let shortcode: String
    /// Whether a payment goes through when its validation gets no answer.
    let completesUnanswered: Bool
    let confirmationURL: String
    let validationURL: String
    /// Whether v2 registered them.
    let isVersion2: Bool

    init(_ fields: DarajaFields) throws(DarajaError) {
        shortcode = try fields.shortcode("ShortCode")
        completesUnanswered = try fields.choice("ResponseType", "Completed", "Cancelled") == "Completed"
        confirmationURL = try fields.url("ConfirmationURL")
        validationURL = try fields.url("ValidationURL")
        isVersion2 = fields.api == .registerURLv2
    }
}
