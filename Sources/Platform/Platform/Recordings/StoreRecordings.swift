import Database
import Logging
package import Primitives

/// Puts recordings that are complete into the store, and makes them known: each once, whatever crashes in between.
///
/// The file is put under a name that does not change between attempts; then, in one transaction, the job goes, the recording
/// is there and its event is written; then the files of the spool are deleted, or found again by `RecoverRecordings`.
package struct StoreRecordings: Sendable {
    /// The wait after each failed attempt, a day in all; there is none after the last.
    private static let waits: [Duration] = [
        .seconds(2), .seconds(10), .seconds(60), .seconds(300), .seconds(900), .seconds(3600), .seconds(3 * 3600),
        .seconds(6 * 3600), .seconds(12 * 3600),
    ]
    /// Recordings that are stored at once.
    private static let batch = 4

    private let context: PlatformContext
    private let vault: ObjectVault
    private let spool: any RecordingSpool
    private let ending: EndRecordingJob

    /// Stores from `spool` into `vault`.
    ///
    /// - Parameter publicURL: where this server is reached, without a slash at the end; recordings' links begin with it.
    package init(_ context: PlatformContext, vault: ObjectVault, spool: any RecordingSpool, publicURL: String) {
        self.context = context
        self.vault = vault
        self.spool = spool
        ending = EndRecordingJob(context, publicURL: publicURL)
    }

    /// Stores what is due and returns how many recordings were tried.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        var count = 0
        while !Task.isCancelled {
            let now = context.serverClock.now()
            let jobs = try await context.database.write(isolation: .readCommitted) { tx in
                try RecordingJobTable.lease(
                    spoolID: spool.id,
                    dueBy: now,
                    until: now + context.settings.recordingLease,
                    limit: Self.batch,
                    in: tx
                )
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for job in jobs { group.addTask { try await attempt(job) } }
                try await group.waitForAll()
            }
            count += jobs.count
            if jobs.count < Self.batch { break }
        }
        return count
    }

    /// When the next recording of this spool is due; nil when none waits.
    ///
    /// - Throws: `DatabaseError`.
    package func nextDue() async throws -> Timestamp? {
        try await context.database.read { try RecordingJobTable.nextDue(spoolID: spool.id, in: $0) }
    }

    private func attempt(_ job: RecordingJob) async throws {
        do {
            try await whileLeased(job) { try await put(job) }
        } catch {
            // One that was only cut off is anybody's at once.
            if Task.isCancelled { return await giveBack(job) }
            return try await note(error, of: job)
        }
        try await ending.ready(job)
        do {
            try await spool.remove(RecordingFileNames.all(ofMix: job.spooled))
        } catch {
            let metadata: Logger.Metadata = ["file": "\(job.spooled)", "error": "\(error)"]
            context.logger.warning("a stored recording remains in the spool", metadata: metadata)
        }
    }

    /// The mix, and what there is of each side.
    private func put(_ job: RecordingJob) async throws {
        let names = zip(RecordingFileNames.all(ofMix: job.spooled), RecordingFileNames.all(ofMix: job.file))
        for (spooled, stored) in names {
            let bytes: ObjectBytes
            do {
                bytes = try await spool.read(spooled)
            } catch ObjectFailure.missing where spooled != job.spooled {
                continue
            }
            try await vault.put(bytes, as: stored)
        }
    }

    /// A large file may take longer than a lease, which is renewed meanwhile.
    private func whileLeased(_ job: RecordingJob, _ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while true {
                    try await Task.sleep(for: context.settings.recordingLease / 3)
                    try await setDue(job, after: context.settings.recordingLease)
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func setDue(_ job: RecordingJob, after wait: Duration, error: String? = nil) async throws {
        let dueAt = context.serverClock.now() + wait
        try await context.database.write(isolation: .readCommitted) { tx in
            try RecordingJobTable.setDue(job.id, at: dueAt, error: error, in: tx)
        }
    }

    /// In a task of its own, which is not cancelled. When it fails, the lease ends by itself.
    private func giveBack(_ job: RecordingJob) async {
        await Task { _ = try? await setDue(job, after: .zero) }.value
    }

    private func note(_ error: any Error, of job: RecordingJob) async throws {
        let isLost = error as? ObjectFailure == .missing(job.spooled)
        let wait = Self.waits.indices.contains(job.attempt - 1) && !isLost ? Self.waits[job.attempt - 1] : nil
        context.logger.error(
            "a recording was not stored",
            metadata: ["call_id": "\(job.callID)", "error": "\(error)", "is_final": "\(wait == nil)"]
        )
        if let wait { return try await setDue(job, after: wait, error: "\(error)") }
        try await ending.failed(job, isLost ? .fileLost : .storeUnavailable, error: "\(error)")
    }
}
