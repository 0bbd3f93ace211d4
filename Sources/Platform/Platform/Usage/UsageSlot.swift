package import Primitives

/// What a workspace used and paid in a day or a month.
package struct UsageSlot: Sendable, Equatable {
    /// Its first moment.
    package let start: Timestamp
    /// Calls that were placed.
    package var calls: Int64 = 0
    /// Answered time of those calls, in seconds.
    package var callSeconds: Int64 = 0
    /// What calls cost, in minor units.
    package var callsMinor: Int64 = 0
    /// What rentals cost with VAT, less what was paid back.
    package var rentalMinor: Int64 = 0
    /// What the storage of recordings cost with VAT.
    package var storageMinor: Int64 = 0
    /// Money that was put into the wallet.
    package var creditedMinor: Int64 = 0

    /// What left the wallet.
    package var spentMinor: Int64 { callsMinor + rentalMinor + storageMinor }

    /// All slots of a span as one.
    package static func total(of slots: [UsageSlot], from start: Timestamp) -> UsageSlot {
        var total = UsageSlot(start: start)
        for slot in slots {
            total.calls += slot.calls
            total.callSeconds += slot.callSeconds
            total.callsMinor += slot.callsMinor
            total.rentalMinor += slot.rentalMinor
            total.storageMinor += slot.storageMinor
            total.creditedMinor += slot.creditedMinor
        }
        return total
    }
}
