import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Synchronization

/// The sockets on which browsers come in: plain ones on loopback, encrypted ones for everybody.
///
/// Unchecked: everything runs on the user agent's event loop, which NIO asserts at each `assumeIsolated`.
final class WebSocketReception: @unchecked Sendable {
    /// Asked about each handshake; without it all are refused with 503.
    var gate: (any WebSocketGate)?
    /// Told of each message and where it came from.
    var receive: ([UInt8], SIPDestination) -> Void = { _, _ in }
    private(set) var plainPort: Int?
    private(set) var securePort: Int?

    private let loop: any EventLoop
    private let settings: SIPWebSocketSettings
    private let counters: SIPCounters
    private var listeners: [any Channel] = []
    private var connections: [ObjectIdentifier: any Channel] = [:]
    private var perSource: [String: Int] = [:]
    private var certificate: NIOSSLContext?

    init(loop: any EventLoop, settings: SIPWebSocketSettings, counters: SIPCounters) {
        self.loop = loop
        self.settings = settings
        self.counters = counters
    }

    func start() -> EventLoopFuture<Void> {
        startPlain().assumeIsolated().flatMap { self.startSecure() }.nonisolated()
    }

    /// Reads the certificate anew; connections that are open keep what they have.
    func renewCertificate() -> EventLoopFuture<Void> {
        guard let secure = settings.secure else { return loop.makeSucceededVoidFuture() }
        return TLSContexts.server(secure, on: loop).assumeIsolated().map { self.certificate = $0 }.nonisolated()
    }

    func close() -> EventLoopFuture<Void> {
        EventLoopFuture.andAllComplete((listeners + connections.values).map { $0.close() }, on: loop)
    }

    private func startPlain() -> EventLoopFuture<Void> {
        guard let plain = settings.plain else { return loop.makeSucceededVoidFuture() }
        return listen(host: plain.host, port: plain.port, .ws).assumeIsolated()
            .map { self.plainPort = $0 }.nonisolated()
    }

    private func startSecure() -> EventLoopFuture<Void> {
        guard let secure = settings.secure else { return loop.makeSucceededVoidFuture() }
        return renewCertificate().assumeIsolated().flatMap {
            self.listen(host: secure.host, port: secure.port, .wss).assumeIsolated()
                .map { self.securePort = $0 }.nonisolated()
        }.nonisolated()
    }

    private func listen(host: String, port: Int, _ transport: SIPTransport) -> EventLoopFuture<Int> {
        ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: settings.unreadBytes / 2, high: settings.unreadBytes)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.take(channel, transport) }
            }
            .bind(host: host, port: port)
            .assumeIsolated().map { channel in
                self.listeners.append(channel)
                return channel.localAddress?.port ?? 0
            }.nonisolated()
    }

    /// Whoever has too many connections already is not even shaken hands with.
    private func take(_ channel: any Channel, _ transport: SIPTransport) throws {
        guard let address = channel.remoteAddress else { throw ChannelError.unknownLocalAddress }
        let source = SourceName.of(address)
        guard connections.count < settings.connections,
            perSource[source, default: 0] < settings.connectionsPerAddress
        else {
            counters.webSocketsRefused.add(1, ordering: .relaxed)
            throw ChannelError.operationUnsupported
        }
        let id = ObjectIdentifier(channel)
        connections[id] = channel
        perSource[source, default: 0] += 1
        let door = WebSocketDoor(gate: gate, address: address.ipAddress ?? "", counters: counters)
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.forget(id, source, door) }
        if transport == .wss, let certificate {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate))
        }
        try shakeHands(channel, transport, address, door)
    }

    private func shakeHands(
        _ channel: any Channel,
        _ transport: SIPTransport,
        _ address: SocketAddress,
        _ door: WebSocketDoor
    ) throws {
        let upgrader = NIOTypedWebSocketServerUpgrader<Void>(
            maxFrameSize: settings.largestMessage,
            enableAutomaticErrorHandling: false,
            shouldUpgrade: { channel, head in door.admit(head, on: channel.eventLoop) },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture { try self.open(channel, transport, address, door.pass) }
            }
        )
        var configuration = NIOUpgradableHTTPServerPipelineConfiguration(
            upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
                upgraders: [upgrader],
                notUpgradingCompletionHandler: { door.refuse($0) }
            )
        )
        configuration.enablePipelining = false
        let patience = loop.scheduleTask(in: .nanoseconds(settings.handshakeTimeout.nanoseconds)) {
            channel.close(promise: nil)
        }
        try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(configuration: configuration)
            .whenComplete { _ in patience.cancel() }
    }

    private func open(
        _ channel: any Channel,
        _ transport: SIPTransport,
        _ address: SocketAddress,
        _ pass: (any FlowPass)?
    ) throws {
        counters.webSocketsOpened.add(1, ordering: .relaxed)
        counters.webSocketsOpen.add(1, ordering: .relaxed)
        channel.closeFuture.whenComplete { [counters] _ in counters.webSocketsOpen.subtract(1, ordering: .relaxed) }
        let idle = IdleStateHandler(readTimeout: .nanoseconds(settings.pingInterval.nanoseconds))
        try channel.pipeline.syncOperations.addHandler(idle)
        try channel.pipeline.syncOperations.addHandler(
            WebSocketHandler(settings: settings, counters: counters) { [weak self] bytes in
                var origin = SIPDestination(transport: transport, address: address, connection: channel)
                origin.pass = pass
                self?.receive(bytes, origin)
            }
        )
    }

    private func forget(_ id: ObjectIdentifier, _ source: String, _ door: WebSocketDoor) {
        connections[id] = nil
        let left = perSource[source, default: 1] - 1
        perSource[source] = left > 0 ? left : nil
        door.closed()
    }
}
