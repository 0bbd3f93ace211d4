/// What is in a recording.
package struct RecordingFacts: Sendable, Equatable {
    /// How much sound there is.
    package let duration: Duration
    /// The size of what is fetched.
    package let sizeBytes: Int64
    /// How the two sides are in it.
    package let channels: RecordingChannels

    /// Puts the facts together.
    package init(duration: Duration, sizeBytes: Int64, channels: RecordingChannels = .mono) {
        self.channels = channels
        self.duration = duration
        self.sizeBytes = sizeBytes
    }
}
