import Database
import Ledger
package import Primitives

/// Sums up what a workspace used and paid: calls from the calls, money from the ledger, by the days or months of Nairobi.
package struct SumUsage: Sendable {
    /// How the span is cut.
    package enum Bucket: String, Sendable, CaseIterable {
        /// Days.
        case day
        /// Months.
        case month
    }

    /// The most days that a span may have.
    package static let mostDays: Int64 = 400
    private static let dayLength: Int64 = 86_400_000

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// One slot for each day or month that the span touches, oldest first, empty ones too.
    ///
    /// - Throws: `PlatformError` for a span that is empty or longer than 400 days; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        from: Timestamp,
        to: Timestamp,
        bucket: Bucket
    ) async throws -> [UsageSlot] {
        let length = to.millisecondsSinceEpoch - from.millisecondsSinceEpoch
        guard (1...Self.mostDays * Self.dayLength).contains(length) else {
            throw PlatformError(
                .requestInvalid,
                "'from' is before 'to', and at most \(Self.mostDays) days lie between them.",
                field: "from"
            )
        }
        let (calls, money) = try await context.database.read { tx in
            (try self.calls(of: workspaceID, from, to, in: tx), try self.money(of: workspaceID, from, to, in: tx))
        }
        var slots = slots(from: from, to: to, bucket)
        for row in calls {
            let index = try index(of: row, in: slots)
            slots[index].calls += try row.get("n")
            slots[index].callSeconds += try row.get("seconds")
        }
        for row in money { try slots[index(of: row, in: slots)].add(row) }
        return slots
    }

    /// The first moment of this month, where the business is.
    package func startOfMonth() -> Timestamp {
        CivilMonth(containing: context.clock.now(), offset: context.settings.timeZoneOffset).start
    }

    private var offset: Int64 { context.settings.timeZoneOffset.wholeMilliseconds }

    private func slots(from: Timestamp, to: Timestamp, _ bucket: Bucket) -> [UsageSlot] {
        var slots: [UsageSlot] = []
        var next = from
        while next < to {
            switch bucket {
            case .day:
                let day = startOfDay(next)
                slots.append(UsageSlot(start: day))
                next = day + .milliseconds(Self.dayLength)
            case .month:
                let month = CivilMonth(containing: next, offset: context.settings.timeZoneOffset)
                slots.append(UsageSlot(start: month.start))
                next = month.end
            }
        }
        return slots
    }

    private func startOfDay(_ moment: Timestamp) -> Timestamp {
        let local = moment.millisecondsSinceEpoch + offset
        let remainder = local % Self.dayLength
        let floor = local - (remainder < 0 ? remainder + Self.dayLength : remainder)
        return Timestamp(millisecondsSinceEpoch: floor - offset)
    }

    /// The last slot that does not begin after the row's day.
    private func index(of row: Row, in slots: [UsageSlot]) throws -> Int {
        let day: Int64 = try row.get("day")
        let start = Timestamp(millisecondsSinceEpoch: day * Self.dayLength - offset)
        return max(0, (slots.firstIndex { $0.start > start } ?? slots.count) - 1)
    }

    /// Ids are in the order of time, so the workspace's index finds the span.
    private func calls(
        of workspaceID: Identifier,
        _ from: Timestamp,
        _ to: Timestamp,
        in tx: SQLTransaction
    ) throws -> [Row] {
        try tx.rows(
            """
            SELECT (created_at + $1) / \(Self.dayLength) AS day, COUNT(*) AS n,
                CAST(SUM(duration_seconds) AS BIGINT) AS seconds
            FROM calls WHERE workspace_id = $2 AND id >= $3 AND created_at >= $4 AND created_at < $5
            GROUP BY (created_at + $1) / \(Self.dayLength)
            """,
            [offset, workspaceID, Identifier.first(at: from), from, to]
        )
    }

    private func money(
        of workspaceID: Identifier,
        _ from: Timestamp,
        _ to: Timestamp,
        in tx: SQLTransaction
    ) throws -> [Row] {
        try tx.rows(
            """
            SELECT (e.occurred_at + $1) / \(Self.dayLength) AS day, COALESCE(o.kind, e.kind) AS kind,
                CAST(SUM(p.amount_minor) AS BIGINT) AS amount
            FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
                LEFT JOIN ledger_entries o ON e.kind = 'reversal' AND o.id = e.reference_id
            WHERE p.account_id IN (SELECT id FROM ledger_accounts WHERE workspace_id = $2 AND kind = 'wallet')
                AND p.entry_id >= $3 AND e.occurred_at >= $4 AND e.occurred_at < $5
            GROUP BY (e.occurred_at + $1) / \(Self.dayLength), COALESCE(o.kind, e.kind)
            """,
            [offset, workspaceID, Identifier.first(at: from), from, to]
        )
    }
}

extension UsageSlot {
    /// Adds the wallet's postings of a day and kind: debits, which are positive, left the wallet. What reverses an entry has
    /// that entry's kind here, and lowers its sum; reversals from before they named entries are of rentals.
    fileprivate mutating func add(_ row: Row) throws {
        guard let kind = EntryKind(rawValue: try row.get("kind")) else {
            throw DatabaseError.decoding("ledger_entries: kind")
        }
        let amount: Int64 = try row.get("amount")
        switch kind {
        case .callCharge: callsMinor += amount
        case .numberRental, .reversal: rentalMinor += amount
        case .recordingStorage: storageMinor += amount
        case .credit, .topup, .suspense: creditedMinor -= amount
        // What is set aside is not spent.
        case .hold, .release: break
        }
    }
}
