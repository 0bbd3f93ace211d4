/// What became of a recording.
package struct RecordingSummary: Sendable, Equatable {
    /// How much sound there is.
    package let duration: Duration
    /// The size of the mix.
    package let mixByteCount: Int
    /// Why it is not whole: the disk was full, say. Nil when it is.
    package let failure: String?
}
