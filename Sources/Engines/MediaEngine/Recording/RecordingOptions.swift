/// How a recording is made.
package struct RecordingOptions: Sendable {
    /// It ends by itself when it has this much sound, pauses and what is trimmed not left out; nil for as long as the engine
    /// allows.
    package var maxLength: Duration?
    /// Whether silence at both ends is left out, and long silence within is shortened to two seconds.
    package var trimsSilence: Bool

    /// Makes options; the default keeps everything.
    package init(maxLength: Duration? = nil, trimsSilence: Bool = false) {
        self.maxLength = maxLength
        self.trimsSilence = trimsSilence
    }

    func sampleLimit(longest: Duration) -> Int {
        let (seconds, attoseconds) = min(maxLength ?? longest, longest).components
        return Int(seconds) * ToneGenerator.sampleRate + Int(attoseconds / 125_000_000_000_000)
    }
}
