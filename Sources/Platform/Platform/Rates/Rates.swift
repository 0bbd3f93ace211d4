import Database
package import Primitives

/// Finds what calls cost.
package struct Rates: Sendable {
    /// A rate with when it begins.
    package struct Dated: Sendable, Equatable {
        /// The rate.
        package let rate: Rate
        /// The VAT in it, in hundredths of a percent.
        package let vatBasisPoints: Int64
        /// Since when, or from when on, it is in force.
        package let effectiveAt: Timestamp
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The rate of a number at a moment, by the longest prefix; nil when it is not called from here. What is in force is in
    /// memory.
    ///
    /// - Parameter e164: `+256772123456`.
    /// - Throws: `DatabaseError`.
    package func rate(for e164: String, at moment: Timestamp) async throws -> Rate? {
        try await dated(e164, at: moment)?.rate
    }

    /// The rate of a number now, and those that are announced, the next one first.
    ///
    /// - Throws: `PlatformError` `rates.not_found`; `DatabaseError`.
    package func lookUp(_ number: PhoneNumber) async throws -> (current: Dated, upcoming: [Dated]) {
        let now = context.clock.now()
        guard let current = try await dated(number.e164, at: now) else {
            throw PlatformError(.rateNotFound, "Calls to \(number.e164) have no price here.", field: "to")
        }
        let history = try await context.prices.history()
        if Rate.isHome(number.e164.dropFirst()) {
            return (current, history.upcomingLists(after: now).map { Self.home($0.list) })
        }
        let headers = history.upcomingSheets(after: now)
        if headers.isEmpty { return (current, []) }
        let upcoming = try await context.database.read { tx in
            try headers.compactMap { header in
                try RateTable.rate(of: number.e164, in: header, in: tx).map { rate in
                    let vat = history.list(at: header.effectiveAt).vatBasisPoints
                    return Dated(rate: rate, vatBasisPoints: vat, effectiveAt: header.effectiveAt)
                }
            }
        }
        return (current, upcoming)
    }

    /// The price of a minute, or the refusal of a call.
    ///
    /// - Throws: `PlatformError` `calls.no_rate`.
    static func perMinuteMinor(_ rate: Rate?, to e164: String) throws(PlatformError) -> Int64 {
        guard let rate else { throw noRate(to: e164) }
        return rate.perMinuteMinor
    }

    /// The refusal of a call that has no price.
    static func noRate(to e164: String) -> PlatformError {
        PlatformError(.destinationUnrated, "Calls to \(e164) have no price here.", field: "to")
    }

    private func dated(_ e164: String, at moment: Timestamp) async throws -> Dated? {
        let history = try await context.prices.history()
        let prices = history.list(at: moment)
        if Rate.isHome(e164.dropFirst()) { return Self.home(prices) }
        let sheet =
            if let header = history.sheet(at: moment) {
                try await context.prices.sheet(header)
            } else {
                RateSheet.builtIn
            }
        return sheet.rate(of: e164).map {
            Dated(rate: $0, vatBasisPoints: prices.vatBasisPoints, effectiveAt: sheet.effectiveAt)
        }
    }

    /// Calls in Kenya cost what the price list says.
    private static func home(_ prices: PriceList) -> Dated {
        let rate = Rate(
            prefix: Rate.home,
            country: "KE",
            destination: "Kenya",
            perMinuteMinor: prices.outboundPerMinuteMinor
        )
        return Dated(rate: rate, vatBasisPoints: prices.vatBasisPoints, effectiveAt: prices.updatedAt)
    }
}

extension Rates.Dated {
    /// The VAT in a minute's price, in minor units.
    package var vatMinor: Int64 { rate.perMinuteMinor - netMinor }

    /// A minute's price without VAT, in minor units, half up.
    package var netMinor: Int64 {
        let whole = 10_000 + vatBasisPoints
        return (2 * rate.perMinuteMinor * 10_000 + whole) / (2 * whole)
    }
}
