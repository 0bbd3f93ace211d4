import Database
package import Primitives

/// Calls off the last change of prices while it has not begun; those who were told of it are told.
package struct CancelPrices: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Calls off the price list that begins at a moment: the last one, so that what later ones were compared with stays.
    ///
    /// - Throws: `PlatformError` `prices.not_planned`; `DatabaseError`.
    package func callAsFunction(from: Timestamp) async throws {
        let now = context.clock.now()
        try await context.database.write { tx in
            let last = try PriceTable.history(builtIn: context.settings.prices, in: tx).lists.last
            try NoticePeriod(context: context, now: now).requireFuture(last?.list.updatedAt, is: from)
            guard let last else { return }
            try PriceTable.cancel(last.id, at: now, in: tx)
            let text = AnnouncementText.pricesStay(from: context.settings.dateText(from))
            try Announce(context).callingOff(last.id, text, in: tx)
            tx.notify(Channel.prices)
        }
    }
}
