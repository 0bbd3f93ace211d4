/// The limits of a WebSocket, each with its default.
package struct SocketSettings: Sendable {
    /// How long each address may take to accept a connection; default 5 s.
    package var connectTimeout: Duration = .seconds(5)
    /// Addresses of a name that are tried, one after another; default 3.
    package var maxAddresses = 3
    /// Bytes of the headers of the server's answer to the handshake, names and values; default 16,384.
    package var maxHeaderBytes = 16_384
    /// The largest frame that is taken, in bytes; default 1 MiB.
    package var maxFrameBytes = 1_048_576
    /// The largest message that is taken, its fragments together, in bytes; default 1 MiB.
    package var maxMessageBytes = 1_048_576
    /// The most fragments of a message: they may be empty, and so never reach its size; default 1,024.
    package var maxFragments = 1024
    /// How long a message may take from its first fragment to its last; default 30 s.
    package var messageTimeout: Duration = .seconds(30)
    /// Bytes of messages received and not yet taken from which on nothing more is read; default 262,144.
    package var maxUnreadBytes = 262_144
    /// Messages received and not yet taken from which on nothing more is read; default 256.
    package var maxUnreadMessages = 256
    /// Bytes waiting to be sent above which the oldest perishable messages are dropped; default 131,072.
    package var maxUnsentBytes = 131_072
    /// Messages waiting to be sent above which the oldest perishable ones are dropped; default 512.
    package var maxUnsentMessages = 512
    /// Bytes of the system's own send buffer: what is in there is too late to drop; default 65,536.
    package var sendBufferBytes = 65_536
    /// A peer that says nothing for this long is asked whether it lives; default 20 s.
    package var pingInterval: Duration = .seconds(20)
    /// A peer that says nothing for this long after it was asked is given up; default 20 s.
    package var pongTimeout: Duration = .seconds(20)
    /// How long the peer may take to close its side; default 5 s.
    package var closeTimeout: Duration = .seconds(5)
    /// What the handshake calls us; default `Sautikit/1.0`.
    package var userAgent = "Sautikit/1.0"
    /// Whom servers may rest on beside the system's authorities; default nobody.
    package var authorities = CertificateAuthorities.none

    /// Makes the default limits.
    package init() {}
}
