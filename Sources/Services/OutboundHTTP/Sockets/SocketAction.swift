/// What a WebSocket's state machine wants done.
enum SocketAction: Sendable, Equatable {
    /// Hand a message to whoever reads.
    case deliver(SocketMessage)
    /// Send a control frame of this opcode.
    case send(opcode: UInt8, [UInt8])
    /// Nothing more will be delivered or sent: this is how it ended. The connection stays until the peer ends it, for as
    /// long as the settings allow.
    case finish(SocketClosure)
    /// End the connection.
    case disconnect
}
