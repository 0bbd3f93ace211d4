import Database
package import Primitives

/// Calls off the last rate sheet while it has not begun; those who were told of it are told.
package struct CancelRates: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Calls off the sheet that begins at a moment.
    ///
    /// - Throws: `PlatformError` `prices.not_planned`; `DatabaseError`.
    package func callAsFunction(from: Timestamp) async throws {
        let now = context.clock.now()
        try await context.database.write { tx in
            let last = try PriceTable.history(builtIn: context.settings.prices, in: tx).sheets.last
            try NoticePeriod(context: context, now: now).requireFuture(last?.effectiveAt, is: from)
            guard let last else { return }
            try RateTable.cancel(last.id, at: now, in: tx)
            try Announce(context).callingOff(
                last.id,
                .ratesStay(from: context.settings.dateText(from)),
                in: tx
            )
            tx.notify(Channel.prices)
        }
    }
}
