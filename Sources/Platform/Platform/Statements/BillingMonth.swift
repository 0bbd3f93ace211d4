import Primitives

/// Months of the business, as people write them.
enum BillingMonth {
    /// A month that is over.
    ///
    /// - Parameter text: `2026-06`.
    /// - Throws: `PlatformError` `request.invalid` for what is no month since 1970, `wallet.month_not_over`.
    static func over(_ text: String, _ context: PlatformContext) throws(PlatformError) -> CivilMonth {
        let start = try start(of: text, field: "month")
        let offset = context.settings.timeZoneOffset
        let civil = CivilMonth(containing: start - offset, offset: offset)
        guard civil.end <= context.clock.now() else {
            throw PlatformError(.monthNotOver, "The month is over at \(civil.end.rfc3339Seconds).", field: "month")
        }
        return civil
    }

    /// The month's first moment in UTC.
    ///
    /// - Throws: `PlatformError` `request.invalid` for what is no month since 1970, naming `field`.
    static func start(of text: String, field: String) throws(PlatformError) -> Timestamp {
        guard text.utf8.count == 7, let start = Timestamp(rfc3339: text + "-01T00:00:00Z"),
            start >= Timestamp(millisecondsSinceEpoch: 0)
        else { throw PlatformError(.requestInvalid, "A month is written such as 2026-06.", field: field) }
        return start
    }

    /// The month before the one that a moment is in.
    static func last(before moment: Timestamp, _ settings: PlatformSettings) -> CivilMonth {
        let current = CivilMonth(containing: moment, offset: settings.timeZoneOffset)
        return CivilMonth(containing: current.start - .milliseconds(1), offset: settings.timeZoneOffset)
    }

    /// `2026-06`.
    static func text(_ month: CivilMonth, _ settings: PlatformSettings) -> String {
        String((month.start + settings.timeZoneOffset).rfc3339.prefix(7))
    }
}
