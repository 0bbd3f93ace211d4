import Primitives

/// Reads what things cost.
package struct ReadPrices: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The list in force.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> PriceList {
        try await context.prices.history().list(at: context.clock.now())
    }

    /// The list in force, and those that are announced, the next one first.
    ///
    /// - Throws: `DatabaseError`.
    package func withUpcoming() async throws -> (current: PriceList, upcoming: [PriceHistory.Dated]) {
        let now = context.clock.now()
        let history = try await context.prices.history()
        return (history.list(at: now), history.upcomingLists(after: now))
    }
}
