/// Waits for somebody to speak, and for a silence of some length.
struct SilenceWatch {
    private static let beatsPerSecond: Int64 = 50

    /// Half a second: speech after a shorter pause goes on, and does not begin.
    private static let wordGap = 25

    private let after: Duration
    private let limit: Int
    private var activity = VoiceActivity(attack: 3)
    private var quietBeats = 0
    private var isSpeaking = false
    private var news: MediaEvent?

    init(after: Duration) {
        self.after = after
        let (seconds, attoseconds) = after.components
        limit = max(
            1,
            Int(seconds * Self.beatsPerSecond + attoseconds / (1_000_000_000_000_000_000 / Self.beatsPerSecond))
        )
    }

    /// Listens to a packet.
    mutating func hear(_ samples: UnsafeBufferPointer<Int16>) {
        activity.hear(meanSquare: unsafe SpeechLevel.meanSquare(samples))
        guard activity.isSpeech, activity.isLoud else { return }
        if !isSpeaking { news = .speechDetected }
        isSpeaking = true
        quietBeats = 0
    }

    /// 20 ms pass, also those in which no packet comes; what has happened.
    mutating func beat() -> MediaEvent? {
        if let news {
            self.news = nil
            return news
        }
        quietBeats += 1
        if quietBeats == min(limit, Self.wordGap) { isSpeaking = false }
        return quietBeats == limit ? .silenceDetected(after: after) : nil
    }
}
