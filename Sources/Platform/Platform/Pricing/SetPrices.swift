import Database
import Ledger
package import Primitives

/// Sets prices for a time to come, and has every workspace told.
package struct SetPrices: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Plans a price list. What costs more begins 30 days from now at the earliest, unless there is no workspace yet.
    ///
    /// - Parameters:
    ///   - change: what is new; all else is as in the last list that is known.
    ///   - from: when it begins; as soon as all nodes know of it when nil.
    /// - Throws: `PlatformError` for values that cannot be or that are as before, `prices.already_planned` or
    ///   `prices.too_soon`; `DatabaseError`.
    package func callAsFunction(_ change: PriceChange, from: Timestamp?) async throws -> PriceHistory.Dated {
        if let fault = PlatformError(change.faults) { throw fault }
        let now = context.clock.now()
        let id = context.ids.next()
        return try await context.database.write { tx in
            let history = try PriceTable.history(builtIn: context.settings.prices, in: tx)
            let before = history.lists.last?.list ?? history.builtIn
            var list = change.applied(to: before)
            guard list != before else {
                throw PlatformError(.requestInvalid, "These prices are as they would be anyway.")
            }
            list.updatedAt = try NoticePeriod(context: context, now: now).effective(
                from: from,
                after: history.lists.last?.list.updatedAt,
                isDearer: list.isDearer(than: before),
                in: tx
            )
            let dated = PriceHistory.Dated(id: id, list: list, announcedAt: now)
            try PriceTable.insert(dated, in: tx)
            let text = AnnouncementText.prices(before, list, from: context.settings.dateText(list.updatedAt))
            try Announce(context)(text, about: id, in: tx)
            tx.notify(Channel.prices)
            return dated
        }
    }
}
