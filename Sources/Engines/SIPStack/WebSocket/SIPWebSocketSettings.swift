/// Where SIP over WebSocket (RFC 7118) is taken, and how much of it.
package struct SIPWebSocketSettings: Sendable {
    /// A place to bind.
    package struct Address: Sendable {
        /// The address.
        package var host: String
        /// The port; 0 picks a free one.
        package var port: Int

        /// Names a place.
        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// Where connections are taken that everybody on the way can read; nowhere when nil.
    package var plain: Address?
    /// Where encrypted connections are taken; nowhere when nil.
    package var secure: SIPTLSSettings.Listener?
    /// Connections at once. Default 10,000.
    package var connections = 10_000
    /// Connections at once from one address, or one /64 of IPv6. Default 200: an office has one.
    package var connectionsPerAddress = 200
    /// How long the handshake may take, TLS included. Default 10 s.
    package var handshakeTimeout: Duration = .seconds(10)
    /// Bytes of a frame, and of the message that fragments make. Default 65,535, as much as a datagram.
    package var largestMessage = 65_535
    /// Fragments of one message. Default 16.
    package var mostFragments = 16
    /// How long a message may come in fragments. Default 10 s.
    package var fragmentTimeout: Duration = .seconds(10)
    /// A connection that is silent for this long is asked whether it is there (RFC 6455 section 5.5.2), and closed when it
    /// is silent for as long again. Default 30 s: proxies close idle connections after a minute.
    package var pingInterval: Duration = .seconds(30)
    /// Bytes that wait for a peer that does not read; more close its connection. Default 1 MiB.
    package var unreadBytes = 1 << 20

    /// Takes no connections.
    package init() {}
}
