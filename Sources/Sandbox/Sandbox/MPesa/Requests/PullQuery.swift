import Primitives

/// A question for the transactions of a span of time (facts section 8).
struct PullQuery: Sendable, Equatable {
    /// Rows of one answer.
    static let pageSize = 100
    /// How far back it reaches.
    static let window = Duration.seconds(48 * 3600)

    let shortcode: String
    let start: Timestamp
    let end: Timestamp
    /// Rows that are passed over.
    let offset: Int

    init(_ fields: DarajaFields) throws(DarajaError) {
        shortcode = try fields.shortcode("ShortCode")
        start = try fields.moment("StartDate")
        end = try fields.moment("EndDate")
        guard start <= end else { throw fields.api.invalid("EndDate") }
        let text = try fields.optionalText("OffSetValue", atMost: 9)
        guard text.isEmpty || DarajaFields.isDigits(text) else { throw fields.api.invalid("OffSetValue") }
        offset = Int(text) ?? 0
    }
}
