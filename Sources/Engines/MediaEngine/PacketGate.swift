package import STUNWire

/// What shares a leg's one socket with its sound and decides who that is heard from: the ICE and DTLS of a browser (RFC 7983). A leg
/// with a gate sends and hears nothing in the clear, sends its reports the same way as its sound, and believes no address but the
/// gate's.
///
/// Called on the leg's media thread: it may neither wait nor, in the steady state, allocate.
package protocol PacketGate: AnyObject, Sendable {
    /// Takes a datagram that is neither RTP nor RTCP.
    ///
    /// - Parameters:
    ///   - now: nanoseconds of a clock that never goes back.
    ///   - answer: room for an answer to where the datagram came from.
    func receive(
        _ datagram: UnsafeRawBufferPointer,
        _ kind: DatagramKind,
        from source: STUNAddress,
        at now: UInt64,
        answer: UnsafeMutableRawBufferPointer
    ) -> GateReaction

    /// Some time has passed, about a second.
    func beat(at now: UInt64) -> GateReaction

    /// Whether the peer has proved to be at an address.
    func isKnown(_ address: STUNAddress) -> Bool
}
