import RTPWire

/// A packet that was received and found good.
struct Arrival {
    let header: RTPHeader
    /// Where the payload is in the packet.
    let payload: Range<Int>
    let content: Content

    /// What a payload is.
    enum Content: Equatable {
        case sound(MediaCodec)
        case key
        /// How loud the silence is that follows (RFC 3389).
        case noise
    }
}
