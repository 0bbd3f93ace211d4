package import OutboundHTTP
package import Voice

/// What the streams of calls to customers' sockets may take: of our memory, and of our patience.
package struct StreamLimits: Sendable {
    /// What a stream keeps of the sound that it was sent, and how long it may take to open.
    package var stream = StreamSettings()
    /// What its socket takes, and how much waits in it.
    package var socket = SocketSettings()

    /// Makes the default limits.
    package init() {}

    mutating func read(_ source: SettingsSource) throws(SettingFault) {
        if let seconds = try ServerConfiguration.count(.streamConnectTimeout, 1...60, source) {
            stream.connectTimeout = .seconds(seconds)
        }
        // More does not fit into a call's own queue (MediaFeed.limit).
        if let seconds = try ServerConfiguration.count(.streamMaxQueued, 1...60, source) {
            stream.maxQueued = .seconds(seconds)
        }
        if let seconds = try ServerConfiguration.count(.streamPing, 1...3600, source) {
            (socket.pingInterval, socket.pongTimeout) = (.seconds(seconds), .seconds(seconds))
        }
        if let bytes = try ServerConfiguration.count(.streamMaxMessage, 4096...67_108_864, source) {
            (socket.maxMessageBytes, socket.maxFrameBytes) = (bytes, bytes)
        }
        if let bytes = try ServerConfiguration.count(.streamMaxUnsent, 4096...67_108_864, source) {
            socket.maxUnsentBytes = bytes
        }
    }
}
