import Database
import Ledger
package import Primitives

/// Sums up a workspace's calls.
package struct SumCalls: Sendable {
    /// How a series is cut.
    package enum Bucket: String, Sendable, CaseIterable {
        /// Hours.
        case hour
        /// Days of Nairobi.
        case day

        var milliseconds: Int64 { self == .hour ? 3_600_000 : 86_400_000 }
    }

    /// The most slots of a series: a year of days, a month of hours.
    package static let mostSlots = 800

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The sums of the calls that began since a moment.
    ///
    /// - Throws: `PlatformError` for a series of too many slots; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        since start: Timestamp,
        bucket: Bucket?
    ) async throws -> CallStats {
        let now = context.clock.now()
        var series: [CallStats.Slot]?
        if let bucket { series = try slots(from: start, to: now, bucket) }
        let width = bucket?.milliseconds ?? Bucket.day.milliseconds
        let offset = context.settings.timeZoneOffset.wholeMilliseconds
        // Ids are in the order of time, so the workspace's index finds the span.
        let first = Identifier.first(at: start)
        let rows = try await context.database.read { tx in
            try tx.rows(
                """
                SELECT (created_at + $1) / $2 AS slot, status, direction, COUNT(*) AS n,
                    CAST(SUM(duration_seconds) AS BIGINT) AS seconds, CAST(SUM(cost_minor) AS BIGINT) AS cost
                FROM calls WHERE workspace_id = $3 AND id >= $4 AND created_at >= $5
                GROUP BY (created_at + $1) / $2, status, direction
                """,
                [offset, width, workspaceID, first, start]
            )
        }
        return try Self.sum(rows, into: series, width: width, offset: offset)
    }

    /// The first moment of today, where the business is.
    package func startOfToday() -> Timestamp {
        floor(context.clock.now(), to: Bucket.day)
    }

    /// The first moment of this month, there.
    package func startOfMonth() -> Timestamp {
        CivilMonth(containing: context.clock.now(), offset: context.settings.timeZoneOffset).start
    }

    private func slots(
        from start: Timestamp,
        to now: Timestamp,
        _ bucket: Bucket
    ) throws(PlatformError) -> [CallStats.Slot] {
        let first = floor(start, to: bucket).millisecondsSinceEpoch
        let count = max(0, now.millisecondsSinceEpoch - first) / bucket.milliseconds + 1
        guard count <= Self.mostSlots else {
            throw PlatformError(.requestInvalid, "This span has too many slots. Ask for a shorter one.", field: "since")
        }
        return (0..<count).map { index in
            CallStats.Slot(start: Timestamp(millisecondsSinceEpoch: first + index * bucket.milliseconds))
        }
    }

    private func floor(_ moment: Timestamp, to bucket: Bucket) -> Timestamp {
        let offset = context.settings.timeZoneOffset.wholeMilliseconds
        let local = moment.millisecondsSinceEpoch + offset
        return Timestamp(millisecondsSinceEpoch: local - local % bucket.milliseconds - offset)
    }

    private static func sum(
        _ rows: [Row],
        into slots: [CallStats.Slot]?,
        width: Int64,
        offset: Int64
    ) throws -> CallStats {
        var series = slots
        var (total, failed, seconds, spend): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
        let start = slots?.first.map { ($0.start.millisecondsSinceEpoch + offset) / width } ?? 0
        for row in rows {
            guard let status = CallStatus(rawValue: try row.get("status")) else {
                throw DatabaseError.decoding("calls: status")
            }
            let (count, cost): (Int64, Int64) = (try row.get("n"), try row.get("cost"))
            total += count
            seconds += try row.get("seconds")
            spend += cost
            if status.isTerminal, status != .completed { failed += count }
            let index = Int(try row.get("slot", as: Int64.self) - start)
            let isInbound = try row.get("direction", as: String.self) == CallDirection.inbound.rawValue
            if series?.indices.contains(index) == true { series?[index].add(count, status, cost, isInbound) }
        }
        return CallStats(total: total, failed: failed, seconds: seconds, spendMinor: spend, series: series)
    }
}

extension CallStats.Slot {
    /// Adds calls that have ended; live ones come later.
    fileprivate mutating func add(_ count: Int64, _ status: CallStatus, _ cost: Int64, _ isInbound: Bool) {
        switch status {
        case .initiated, .ringing, .answered: return
        case .completed: completed += count
        case .busy, .noAnswer, .canceled: missed += count
        case .failed: failed += count
        }
        total += count
        if isInbound { inbound += count }
        spendMinor += cost
    }
}
