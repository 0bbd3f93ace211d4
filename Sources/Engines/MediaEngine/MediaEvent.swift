/// What a leg reports, on its media thread: hand it on and return at once.
package enum MediaEvent: Sendable, Equatable {
    /// The first valid packet came.
    case firstPacket
    /// The peer pressed a key.
    case digit(Character)
    /// What was being played has ended, or was stopped.
    case playFinished(id: Int)
    /// Nothing was heard for the silence timeout.
    case silence
}
