/// Who begins a handshake.
package enum DTLSRole: Sendable {
    /// We do.
    case client
    /// The peer does.
    case server
}
