/// What is in a recording.
package struct RecordingFacts: Sendable, Equatable {
    /// How much sound there is.
    package let duration: Duration
    /// The size of the mix.
    package let sizeBytes: Int64

    /// Puts the facts together.
    package init(duration: Duration, sizeBytes: Int64) {
        self.duration = duration
        self.sizeBytes = sizeBytes
    }
}
