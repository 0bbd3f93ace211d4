package import Ledger
package import Primitives

/// What a workspace's recordings take up now, and what that costs.
package struct StorageReport: Sendable {
    /// Bytes of all recordings that are kept.
    package let usedBytes: Int64
    /// For how many days they are kept.
    package let retentionDays: Int64
    /// The first moment of this month.
    package let monthStart: Timestamp
    /// What the days of this month until today cost.
    package let soFar: StorageCharge
    /// What the whole month will cost if nothing changes.
    package let estimate: StorageCharge
    /// The days of this month until today, counted.
    package let days: Int
    /// What earlier months cost and the wallet could not pay yet, with VAT.
    package let owedMinor: Int64
    /// The wallet's currency.
    package let currency: Currency
    /// What uploads take up: they are not charged.
    package let uploads: UploadUse
}
