import CSockets
import Glibc
package import Logging
import SecureMedia
import Synchronization

/// RTP for many calls: threads that own their sockets, and ports to hand out.
package final class MediaEngine: Sendable {
    private let configuration: MediaConfiguration
    private let host: in_addr
    private let ports: PortAllocator
    private let threads: [MediaThread]
    private let placement = LegPlacement()
    private let next = Atomic<Int>(0)

    /// Starts the media threads.
    ///
    /// - Throws: `MediaError.system` when the address is no IPv4 address or the system refuses.
    package init(configuration: MediaConfiguration, logger: Logger) throws(MediaError) {
        guard let host = UDPSocket.host(configuration.host) else { throw .system(EINVAL) }
        self.configuration = configuration
        self.host = host
        ports = PortAllocator(configuration.ports)
        if !SRTPLibrary.isReady { logger.warning("encrypted sound does not work here: OpenSSL is not usable") }
        var threads: [MediaThread] = []
        for _ in 0..<max(1, configuration.threadCount) {
            threads.append(try MediaThread(silenceTimeout: configuration.silenceTimeout))
        }
        self.threads = threads
        for thread in threads { thread.start() }
        logger.debug(
            "media threads started",
            metadata: ["count": "\(threads.count)", "ports": "\(configuration.ports)"]
        )
    }

    /// Opens a leg on a free port pair.
    ///
    /// - Parameters:
    ///   - gate: what is to share the leg's first port with its sound; nil for a telephone's leg.
    ///   - onEvent: called on the media thread: hand the event on and return.
    /// - Throws: `MediaError.portsExhausted`, or `.stopped`.
    package func openLeg(
        gate: (any PacketGate)? = nil,
        onEvent: @escaping @Sendable (MediaEvent) -> Void = { _ in }
    ) throws(MediaError) -> MediaLeg {
        let (port, rtp, rtcp) = try ports.open(host: host)
        let thread = threads[next.add(1, ordering: .relaxed).oldValue % threads.count]
        let ports = ports
        let leg = MediaLeg(
            thread: thread,
            placement: placement,
            localPort: port,
            longestRecording: configuration.longestRecording,
            release: { ports.release(port) }
        )
        guard leg.open(rtp: rtp, rtcp: rtcp, gate: gate, onEvent: onEvent) else {
            Glibc.close(rtp)
            Glibc.close(rtcp)
            ports.release(port)
            throw .stopped
        }
        return leg
    }

    /// Opens a room that nobody is in.
    ///
    /// - Parameter onEvent: called on the media thread: hand the event on and return.
    package func openRoom(onEvent: @escaping @Sendable (RoomEvent) -> Void = { _ in }) -> MediaRoom {
        MediaRoom(
            thread: threads[next.add(1, ordering: .relaxed).oldValue % threads.count],
            placement: placement,
            longestRecording: configuration.longestRecording,
            onEvent: onEvent
        )
    }

    /// Closes all legs and ends the threads.
    package func shutDown() {
        for thread in threads { thread.stop() }
    }
}
