/// A piece of the call's sound, 20 ms as a rule.
package struct StreamFrame: Sendable, Equatable {
    /// Whose it is.
    package var track: StreamTrack
    /// When it was said, since the stream began.
    package var offset: Duration
    /// Linear samples at the stream's rate.
    package var samples: [Int16]

    /// Makes a frame.
    package init(_ track: StreamTrack, offset: Duration, samples: [Int16]) {
        self.track = track
        self.offset = offset
        self.samples = samples
    }
}
