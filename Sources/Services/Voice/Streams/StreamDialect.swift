package import OutboundHTTP

/// How a call's sound is spoken of on a socket, as a value: what is to be said, and what was meant. No I/O and no clock.
package protocol StreamDialect: Sendable {
    /// The subprotocol that the socket's server has to take; nil for none.
    static var subprotocol: String? { get }

    /// What is said first.
    mutating func opening() -> [OutgoingSocketMessage]
    /// A frame of sound, as a message that is worth nothing when it is late.
    mutating func sound(_ frame: StreamFrame) -> OutgoingSocketMessage
    /// What a message means; nil when it is whole and means nothing. Total: it takes whatever a server may send.
    mutating func receive(_ message: SocketMessage) -> StreamEvent?
    /// Says that what was sent before a mark has been played, or cleared; nil where there are no marks.
    mutating func marked(_ name: String) -> OutgoingSocketMessage?
    /// Says that the caller pressed a key; nil where that is not said.
    mutating func pressed(_ digit: Character) -> OutgoingSocketMessage?
    /// What is said last; nil for nothing.
    mutating func ending() -> OutgoingSocketMessage?
}
