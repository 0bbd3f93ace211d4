/// What a leg reports, on its media thread: hand it on and return at once.
package enum MediaEvent: Sendable, Equatable {
    /// The first valid packet came.
    case firstPacket
    /// The peer pressed a key.
    case digit(Character)
    /// All keys of `sendDigits` were pressed.
    case digitsSent
    /// What was being played has ended, or was stopped.
    case playFinished(id: Int)
    /// No packet came for the silence timeout.
    case silence
    /// The peer began to speak; only while `detectSilence` asks for it.
    case speechDetected
    /// The peer said nothing for as long as `detectSilence` told.
    case silenceDetected(after: Duration)
    /// The recording is as long as it may be; it still has to be stopped.
    case recordingLimitReached(id: Int)
    /// The keys that were agreed on cannot be used: nothing is sent, and nothing heard.
    case unprotected
    /// What was fed before this mark was sent.
    case markPlayed(String)
}
