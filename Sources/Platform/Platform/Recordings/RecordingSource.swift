/// Why there is a recording.
package enum RecordingSource: String, Sendable, CaseIterable {
    /// The call was placed with `record`.
    case call
    /// An action `record`.
    case record
    /// An action `dial` with `record`.
    case dial
    /// A conference.
    case conference
    /// Somebody asked for it while the call was up.
    case api
}
