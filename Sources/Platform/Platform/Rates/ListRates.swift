import Database
package import Primitives

/// Lists whole rate sheets, for the operator.
package struct ListRates: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// All rates in force at a moment with when they began, and the sheets that are announced for later. Calls in Kenya
    /// are not among them.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(
        at moment: Timestamp
    ) async throws -> (sheet: RateSheet, upcoming: [RateSheetHeader]) {
        let history = try await context.prices.history()
        let sheet: RateSheet =
            if let header = history.sheet(at: moment) { try await context.prices.sheet(header) } else { .builtIn }
        return (sheet, history.upcomingSheets(after: moment))
    }
}
