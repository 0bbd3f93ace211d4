import Database
import Primitives

/// Moves clocks that are on their way: each to the next thing that is to be done for its workspace, and on when that is done.
package struct StepTestClocks: Sendable {
    /// What came of it.
    package struct Report: Sendable, Equatable {
        /// Clocks that moved.
        package var moved = 0
        /// Those that wait for something to be done.
        package var waiting = 0

        /// Nothing.
        package init() {}
    }

    private static let batch = 50

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// One step of each.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Report {
        let now = context.serverClock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            var report = Report()
            for (workspace, target) in try TestClockTable.moving(limit: Self.batch, in: tx) {
                if try TestClockTable.isBusy(workspace.id, at: now, in: tx) {
                    report.waiting += 1
                } else {
                    try step(workspace, to: target, at: now, in: tx)
                    report.moved += 1
                }
            }
            if report.moved > 0 {
                for channel in [Channel.deliveries, Channel.payments, Channel.access] { tx.notify(channel) }
            }
            return report
        }
    }

    private func step(
        _ workspace: Workspace,
        to target: Timestamp,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        // In the server's time. It may have come there by itself.
        let end = max(target - workspace.clockOffset, now)
        if let next = try TestClockTable.nextDue(of: workspace.id, in: tx), next <= end {
            try TestClockTable.move(workspace, by: next - now, isThere: false, in: tx)
        } else {
            try TestClockTable.move(workspace, by: end - now, isThere: true, in: tx)
        }
    }
}
