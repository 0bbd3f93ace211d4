import Platform

/// What a call tells the one that dialled it.
enum LegNews: Sendable {
    /// The other side is alerted.
    case ringing
    /// The network sends sound before the answer.
    case earlyMedia(LegSound)
    /// The other side has answered and heard the whisper, if there was one.
    case ready(LegSound)
    /// The call is over.
    case ended(HangupCause)
}
