/// A whole message of a WebSocket (RFC 6455 section 5.6), its fragments put together.
package enum SocketMessage: Sendable, Equatable {
    /// UTF-8 that was checked.
    case text(String)
    /// Bytes.
    case binary([UInt8])

    /// Its size on the wire.
    var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}
