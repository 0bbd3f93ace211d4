package import STUNWire

/// What a gate wants of its leg.
package struct GateReaction: Sendable, Equatable {
    /// The bytes of the answer that was written; 0 for none.
    package var answerByteCount: Int
    /// Where the peer is now, once it has said so.
    package var remote: STUNAddress?
    /// Whether the peer wants our packets.
    package var maySend: Bool

    /// Makes a reaction.
    package init(answerByteCount: Int = 0, remote: STUNAddress?, maySend: Bool) {
        self.answerByteCount = answerByteCount
        self.remote = remote
        self.maySend = maySend
    }
}
