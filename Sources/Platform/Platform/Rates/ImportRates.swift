import Database
import Ledger
package import Primitives

/// Loads a rate sheet for a time to come: it takes the place of the whole sheet before it, and every workspace is told what changes.
package struct ImportRates: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Plans a sheet. When any number costs more, it begins 30 days from now at the earliest, unless there is no workspace
    /// yet.
    ///
    /// - Parameters:
    ///   - rates: what `RateSheetFile` has read; destinations that are not in it are not called any more.
    ///   - from: when it begins; as soon as all nodes know of it when nil.
    /// - Throws: `PlatformError` `prices.already_planned` or `prices.too_soon`; `DatabaseError`.
    package func callAsFunction(_ rates: [Rate], from: Timestamp?) async throws -> RateSheetHeader {
        let now = context.clock.now()
        let id = context.ids.next()
        return try await context.database.write { tx in
            let last = try PriceTable.history(builtIn: context.settings.prices, in: tx).sheets.last
            let before = try last.map { RateSheet($0.effectiveAt, try RateTable.rates(of: $0, in: tx)) } ?? .builtIn
            let changes = RateChanges(from: before, to: RateSheet(now, rates))
            let effectiveAt = try NoticePeriod(context: context, now: now).effective(
                from: from,
                after: last?.effectiveAt,
                isDearer: changes.isDearer,
                in: tx
            )
            let header = RateSheetHeader(id: id, effectiveAt: effectiveAt, announcedAt: now, count: rates.count)
            try RateTable.insert(header, rates, in: tx)
            if changes.count > 0 {
                let text = AnnouncementText.rates(changes, from: context.settings.dateText(effectiveAt))
                try Announce(context)(text, about: id, in: tx)
            }
            tx.notify(Channel.prices)
            return header
        }
    }
}
