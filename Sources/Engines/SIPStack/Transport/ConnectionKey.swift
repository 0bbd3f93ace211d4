import NIOCore

/// What makes a connection fit for a message: how it travels, to whom, and for TLS under which name that was proven.
struct ConnectionKey: Hashable {
    let transport: SIPTransport
    let address: SocketAddress
    let serverName: String?
}
