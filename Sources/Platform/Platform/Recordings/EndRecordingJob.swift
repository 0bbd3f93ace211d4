import Database
import Primitives

/// Makes known what has become of a recording: in one transaction with the end of its job, and so once.
struct EndRecordingJob: Sendable {
    private let context: PlatformContext
    private let publicURL: String

    init(_ context: PlatformContext, publicURL: String = "") {
        self.context = context
        self.publicURL = publicURL
    }

    /// The store has it: it counts, and `call.recording.ready` tells of it with a link that works for an hour.
    func ready(_ job: RecordingJob) async throws {
        try await context.database.write(isolation: .readCommitted) { tx in
            guard let call = try CallTable.find(job.callID, in: tx) else { return }
            let context = try context.onClock(of: job.workspaceID, in: tx)
            let now = context.clock.now()
            let count = CountStorage(context)
            let use = try count.take(job.workspaceID, at: now, in: tx)
            guard try RecordingJobTable.remove(job.id, in: tx) else { return }
            let recording = Recording(
                id: job.id,
                callID: job.callID,
                workspaceID: job.workspaceID,
                source: job.source,
                file: job.file,
                duration: job.facts.duration,
                sizeBytes: job.facts.sizeBytes,
                channels: job.facts.channels,
                createdAt: now,
                removedAt: nil
            )
            guard try RecordingTable.insert(recording, in: tx) else { return }
            try count.move(use, of: job.workspaceID, by: recording.sizeBytes, at: now, in: tx)
            // Links are for whoever has them, and so in the server's time.
            let expiresAt = context.serverClock.now() + context.settings.recordingLinkLifetime
            let link = publicURL + RecordingLink(context).path(of: recording.id, expiresAt: expiresAt)
            try RecordingEvents(context).ready(recording, of: call, link: link, expiresAt: expiresAt, in: tx)
        }
    }

    /// It will not be ready: `call.recording.failed` says so. Its files stay in the spool for a while, for the operator.
    func failed(_ job: RecordingJob, _ failure: RecordingFailure, error: String) async throws {
        try await context.database.write(isolation: .readCommitted) { tx in
            guard let call = try CallTable.find(job.callID, in: tx) else { return }
            let context = try context.onClock(of: job.workspaceID, in: tx)
            let (now, serverNow) = (context.clock.now(), context.serverClock.now())
            let purgeAt = serverNow + context.settings.failedRecordingLifetime
            guard try RecordingJobTable.fail(job.id, error: error, at: now, purgeAt: purgeAt, in: tx) else { return }
            try RecordingEvents(context).failed(job, failure, of: call, at: now, in: tx)
        }
    }
}
