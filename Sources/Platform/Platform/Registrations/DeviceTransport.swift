/// How a device is reached.
package enum DeviceTransport: String, Sendable, CaseIterable {
    /// Datagrams.
    case udp
    /// A connection.
    case tcp
    /// A connection that nobody else can read.
    case tls
    /// A browser's connection.
    case ws
    /// A browser's connection that nobody else can read.
    case wss

    /// Whether a browser's sound is behind it.
    package var isWebSocket: Bool { self == .ws || self == .wss }
}
