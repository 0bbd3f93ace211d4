import Database
import Ledger
package import Primitives

/// When a change of what things cost may begin (seed: "announced at least 30 days in advance").
struct NoticePeriod {
    let context: PlatformContext
    let now: Timestamp

    /// The first moment for a change that harms nobody: by then every node has heard of it.
    var earliest: Timestamp { now + context.settings.priceLead }

    /// When a change begins, if it may begin then.
    ///
    /// - Parameters:
    ///   - wanted: nil for as soon as can be.
    ///   - last: when the last change begins that is known already; there is one order, so that what each is compared with
    ///     stays in it.
    ///   - isDearer: whether anybody may have to pay more.
    /// - Throws: `PlatformError` `prices.already_planned` or `prices.too_soon`; `DatabaseError`.
    func effective(
        from wanted: Timestamp?,
        after last: Timestamp?,
        isDearer: Bool,
        in tx: SQLTransaction
    ) throws -> Timestamp {
        let effective = wanted ?? earliest
        if let last, last >= effective {
            throw PlatformError(
                .pricesPlanned,
                "A change is announced for \(context.settings.dateText(last)). Cancel it, or begin after it.",
                field: "from"
            )
        }
        guard effective >= earliest else {
            throw PlatformError(
                .pricesTooSoon,
                "A change begins \(context.settings.priceLead) from now at the earliest, when all nodes know of it.",
                field: "from"
            )
        }
        let announced = now + context.settings.priceNotice
        if isDearer, effective < announced, try WorkspaceTable.hasLive(in: tx) {
            throw PlatformError(
                .pricesTooSoon,
                "What costs more is announced 30 days before: it begins at \(announced.rfc3339Seconds) at the earliest.",
                field: "from"
            )
        }
        return effective
    }

    /// Refuses to call off what has begun, or is about to.
    ///
    /// - Throws: `PlatformError` `prices.not_planned`.
    func requireFuture(_ effectiveAt: Timestamp?, is wanted: Timestamp) throws(PlatformError) {
        guard let effectiveAt, effectiveAt == wanted, effectiveAt >= earliest else {
            throw PlatformError(
                .pricesNotPlanned,
                "The last change that is announced and has not begun is not of \(context.settings.dateText(wanted)).",
                field: "from"
            )
        }
    }
}

extension PlatformSettings {
    /// A moment that a person wrote: a date, which begins where the business is, or RFC 3339; nil for anything else.
    package func moment(of text: String) -> Timestamp? {
        Timestamp(rfc3339: text + "T00:00:00Z").map { $0 - timeZoneOffset } ?? Timestamp(rfc3339: text)
    }

    /// A moment as a date where the business is, with the time of day unless that is midnight.
    package func dateText(_ moment: Timestamp) -> String {
        let text = (moment + timeZoneOffset).rfc3339Seconds
        let (date, time) = (text.prefix(10), text.dropFirst(11).prefix(8))
        return time == "00:00:00" ? String(date) : "\(date) \(time)"
    }
}
