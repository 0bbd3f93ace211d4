import STUNWire

/// What moves a handshake on.
enum HandshakeInput: Sendable {
    /// A datagram of the peer, from where it has proved to be.
    case datagram([UInt8], from: STUNAddress)
    /// The peer can be reached, at last or elsewhere.
    case reachable(STUNAddress)
    /// The last flight may be due again; `number` of the step that waited for it.
    case due(number: Int)
    /// We are done.
    case close
}
