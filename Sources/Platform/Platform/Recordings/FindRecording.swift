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
    /// - Throws: `PlatformError` `calls.not_found`, or `calls.recording_not_found` for a call that was not recorded,
    ///   never answered, or whose recording was lost with its node; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, reference: String) async throws -> RecordingState {
        let longAgo = context.serverClock.now() - context.settings.recordingPatience
        return try await context.database.read { tx in
            let call = try GetCall.require(reference, of: workspaceID, in: tx)
            if let recording = try RecordingTable.find(callID: call.id, in: tx) { return .ready(recording) }
            let wasAnswered = call.answeredAt != nil || !call.status.isTerminal
            guard call.record, wasAnswered else {
                throw PlatformError(.recordingNotFound, "This call has no recording. Place it with \"record\": true.")
            }
            if let endedAt = call.endedAt, endedAt - call.clockOffset < longAgo {
                throw PlatformError(.recordingNotFound, "The recording of this call was lost.")
            }
            return .pending
        }
    }

    /// The recording that a link names.
    ///
    /// - Throws: `PlatformError` `calls.recording_not_found`; `DatabaseError`.
    package func byID(_ id: Identifier) async throws -> Recording {
        guard let recording = try await context.database.read({ try RecordingTable.find(id, in: $0) }) else {
            throw PlatformError(.recordingNotFound, "There is no such recording.")
        }
        return recording
    }
}
