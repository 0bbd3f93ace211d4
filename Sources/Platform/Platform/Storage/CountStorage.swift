import Database
import Primitives

/// Moves a workspace's counter of stored bytes, in the transaction that adds or removes a recording.
struct CountStorage {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// The workspace's storage, which nobody else changes until the transaction ends. It is taken before recordings
    /// are, so that nobody waits for each other.
    func take(_ workspaceID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> StorageTable.Use {
        try StorageTable.open(
            workspaceID,
            day: Self.day(of: now, context.settings),
            retentionDays: context.settings.recordingRetentionDays,
            in: tx
        )
    }

    /// Adds bytes to what was taken, or takes them away, and notes when the next recording is due to be deleted.
    func move(
        _ use: StorageTable.Use,
        of workspaceID: Identifier,
        by bytes: Int64,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try StorageTable.move(
            use,
            of: workspaceID,
            by: bytes,
            day: Self.day(of: now, context.settings),
            billAt: CivilMonth(containing: now, offset: context.settings.timeZoneOffset).end - context.clockOffset,
            in: tx
        )
        try StorageTable.setExpiry(of: workspaceID, clockOffset: context.clockOffset, in: tx)
    }

    /// The day of the business that a moment is in, counted from 1 January 1970.
    static func day(of moment: Timestamp, _ settings: PlatformSettings) -> Int64 {
        (moment + settings.timeZoneOffset).millisecondsSinceEpoch / StorageTable.millisecondsPerDay
    }
}
