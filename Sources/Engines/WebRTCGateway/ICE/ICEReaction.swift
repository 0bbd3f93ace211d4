/// What a datagram leads to.
package struct ICEReaction: Sendable, Equatable {
    /// The bytes of the answer that was written, to be sent back to where the datagram came from; 0 for none.
    package var answerByteCount = 0
    /// What has changed.
    package var news: ICENews?

    static let nothing = ICEReaction()
}
