/// What a room reports, on its media thread: hand it on and return at once.
package enum RoomEvent: Sendable {
    /// A party began to speak.
    case talkStarted(MediaLeg)
    /// A party has not spoken for a moment, or has left while it spoke.
    case talkStopped(MediaLeg)
    /// What was being played to all has ended, or was stopped.
    case playFinished(id: Int)
    /// The recording is as long as it may be; it still has to be stopped.
    case recordingLimitReached
}
