import Database
import Primitives

/// What a workspace had stored at the end of each day of a month.
struct StorageMonth {
    let month: CivilMonth
    /// From the first of the month on.
    let endOfDays: [Int64]

    /// - Parameter last: the last day that is counted.
    static func read(
        _ month: CivilMonth,
        of workspaceID: Identifier,
        to last: Int64? = nil,
        _ settings: PlatformSettings,
        in tx: SQLTransaction
    ) throws -> StorageMonth {
        let first = CountStorage.day(of: month.start, settings)
        let end = min(last ?? .max, first + month.dayCount - 1)
        let (opening, changes) = try StorageTable.days(of: workspaceID, from: first, to: end, in: tx)
        var current = opening
        let days = (first...end).map { day in
            current = changes[day] ?? current
            return current
        }
        return StorageMonth(month: month, endOfDays: days)
    }

    func charge(_ prices: PriceList) -> StorageCharge {
        StorageCharge(endOfDays: endOfDays, dayCount: month.dayCount, prices)
    }

    /// What the whole month comes to if nothing changes any more.
    func estimate(_ prices: PriceList) -> StorageCharge {
        let rest = Array(repeating: endOfDays.last ?? 0, count: Int(month.dayCount) - endOfDays.count)
        return StorageCharge(endOfDays: endOfDays + rest, dayCount: month.dayCount, prices)
    }
}
