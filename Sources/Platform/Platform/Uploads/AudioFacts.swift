/// What an audio file is.
package struct AudioFacts: Sendable, Equatable {
    /// `audio/wav` or `audio/mpeg`.
    package let mimeType: String
    /// How such files' names end: `wav` or `mp3`.
    package let fileEnding: String
    /// How long it plays.
    package let duration: Duration

    /// Puts the facts together.
    package init(mimeType: String, fileEnding: String, duration: Duration) {
        self.mimeType = mimeType
        self.fileEnding = fileEnding
        self.duration = duration
    }
}
