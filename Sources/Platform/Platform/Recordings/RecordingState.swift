/// What can be said of a call's recording.
package enum RecordingState: Sendable, Equatable {
    /// It is there.
    case ready(Recording)
    /// The call is live or its recording is being finished.
    case pending
}
