import Primitives

/// Where a leg goes, and what a minute of it costs: read before the transaction that places it, from memory as a rule.
struct LegPrice {
    /// Whom the call is stored with: a number in E.164, a SIP URI, or a device's contact.
    let to: String
    /// Whether that is a number, for which the rules of destinations hold.
    let isNumber: Bool
    private let perMinuteMinor: Int64?

    /// - Throws: `PlatformError` for what cannot be dialled; `DatabaseError`.
    init(_ destination: LegDestination, at now: Timestamp, _ context: PlatformContext) async throws {
        switch destination {
        case .number(let text):
            to = try PhoneNumber(parsing: text, field: "number").e164
            isNumber = true
            perMinuteMinor = try await Rates(context).rate(for: to, at: now)?.perMinuteMinor
        case .sip(let uri):
            to = try context.settings.sipDestinations.address(uri).text
            isNumber = false
            perMinuteMinor = try await context.prices.history().list(at: now).sipPerMinuteMinor
        case .device(let registration):
            to = registration.contact
            isNumber = false
            perMinuteMinor = 0
        }
    }

    /// The price of a minute, in minor units.
    ///
    /// - Throws: `PlatformError` `calls.no_rate`.
    func requirePerMinuteMinor() throws(PlatformError) -> Int64 {
        guard let perMinuteMinor else { throw Rates.noRate(to: to) }
        return perMinuteMinor
    }
}
