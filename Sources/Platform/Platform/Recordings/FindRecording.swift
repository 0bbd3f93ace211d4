import Database
package import Primitives

/// Finds a call's recording.
package struct FindRecording: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The state of a call's recording.
    ///
    /// - Throws: `PlatformError` `calls.not_found`, `calls.recording_expired` for one that was deleted, `recording_unavailable` for one
    ///   that could not be stored, or `calls.recording_not_found` for a call that was not recorded, never answered, or
    ///   whose recording was lost with its node; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, reference: String) async throws -> RecordingState {
        let now = context.clock.now()
        return try await context.database.read { tx in
            try state(of: reference, workspaceID: workspaceID, at: now, in: tx)
        }
    }

    func state(
        of reference: String,
        workspaceID: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> RecordingState {
        let call = try GetCall.require(reference, of: workspaceID, in: tx)
        if let recording = try RecordingTable.find(callID: call.id, in: tx) {
            try requireKept(recording, at: now, in: tx)
            return .ready(recording)
        }
        if let hasFailed = try RecordingJobTable.hasFailed(callID: call.id, in: tx) {
            if hasFailed { throw PlatformError(.recordingUnavailable, "The recording could not be stored.") }
            return .pending
        }
        let wasAnswered = call.answeredAt != nil || !call.status.isTerminal
        guard call.record, wasAnswered else {
            throw PlatformError(.recordingNotFound, "This call has no recording. Place it with \"record\": true.")
        }
        let longAgo = context.serverClock.now() - context.settings.recordingPatience
        if let endedAt = call.endedAt, endedAt - call.clockOffset < longAgo {
            throw PlatformError(.recordingNotFound, "The recording of this call was lost.")
        }
        return .pending
    }

    /// All recordings of a call, oldest first; those whose days are over, or that were deleted, are not there any more.
    ///
    /// - Throws: `PlatformError` `calls.not_found`; `DatabaseError`.
    package func all(workspaceID: Identifier, reference: String) async throws -> [Recording] {
        let now = context.clock.now()
        return try await context.database.read { tx in
            let call = try GetCall.require(reference, of: workspaceID, in: tx)
            let retention = try StorageTable.use(of: workspaceID, in: tx)?.retention
            return try RecordingTable.all(of: call.id, in: tx).filter { recording in
                recording.removedAt == nil && retention.map { now < recording.createdAt + $0 } == true
            }
        }
    }

    static let gone = PlatformError(.recordingExpired, "The recording has been removed.")

    /// One whose days are over is gone, also before somebody came to delete it.
    private func requireKept(_ recording: Recording, at now: Timestamp, in tx: SQLTransaction) throws {
        let retention = try StorageTable.use(of: recording.workspaceID, in: tx)?.retention
        if recording.removedAt == nil, let retention, now < recording.createdAt + retention { return }
        throw Self.gone
    }

    /// The recording that a link names.
    ///
    /// - Throws: `PlatformError` `calls.recording_not_found` or `calls.recording_expired`; `DatabaseError`.
    package func byID(_ id: Identifier) async throws -> Recording {
        let now = context.clock.now()
        return try await context.database.read { tx in
            guard let recording = try RecordingTable.find(id, in: tx) else {
                throw PlatformError(.recordingNotFound, "There is no such recording.")
            }
            try requireKept(recording, at: now, in: tx)
            return recording
        }
    }
}
