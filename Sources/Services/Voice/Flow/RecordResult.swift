import Primitives

/// What a `record` action recorded.
struct RecordResult: Sendable, Equatable {
    /// The recording; nil when nothing was said.
    let recordingID: Identifier?
    /// Where it can be had.
    let url: String?
    /// Without the silence that was cut off.
    let duration: Duration
    /// The key that ended it; empty for none.
    let digits: String
}
