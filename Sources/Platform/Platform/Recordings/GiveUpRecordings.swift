import Database
import Logging
import Primitives

/// Says of recordings that they failed when nobody who has their files has been heard of for days.
package struct GiveUpRecordings: Sendable {
    private static let batch = 100

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Gives up what is overdue and returns how many recordings that were.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        let moment = context.serverClock.now() - context.settings.lostRecordingPatience
        let lost = try await context.database.read { tx in
            try RecordingJobTable.lost(dueBefore: moment, limit: Self.batch, in: tx)
        }
        for job in lost {
            context.logger.error("a recording is lost with its node", metadata: ["call_id": "\(job.callID)"])
            try await EndRecordingJob(context).failed(job, .nodeLost, error: "nobody came to store it")
        }
        return lost.count
    }
}
