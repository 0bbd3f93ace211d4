/// What became of a recording.
package struct RecordingSummary: Sendable, Equatable {
    /// Samples written to each channel, at 8 kHz.
    package let sampleCount: Int
    /// Silence that was left out.
    package let trimmed: Duration
    /// How often it was paused.
    package let pauses: Int
    /// Why it is not whole: the disk was full, say. Nil when it is.
    package let failure: String?

    /// How much sound there is.
    package var duration: Duration { .microseconds(sampleCount * 125) }
    /// The size of a file of one channel: the mix, or one side.
    package var mixByteCount: Int { WaveFile.headerByteCount + 2 * sampleCount }
    /// The size of the file of two channels.
    package var stereoByteCount: Int { WaveFile.headerByteCount + 4 * sampleCount }
}
