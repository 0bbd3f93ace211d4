/// Our descriptions of one leg: the offer, and answers to what the peer offers later. Usable from any thread.
protocol LegOffers: Sendable {
    /// The offer of an INVITE.
    ///
    /// - Parameter isSecured: whether a telephone is offered encrypted sound, too; a browser's always is.
    func offer(isSecured: Bool) -> [UInt8]

    /// Reads the answer to our offer, or to our last description when that was repeated; nil when we can take none of it.
    func read(answer body: [UInt8]) -> LegAudio?

    /// From now on says that Opus is what we like best, where a peer may have it.
    func preferOpus()

    /// Answers an offer that comes with a call or within it; nil when we can take none of it.
    func answer(_ body: [UInt8]) -> (body: [UInt8], audio: LegAudio)?
}
