import NIOCore
import NIOPosix
import NIOSSL
import SIPWire
import Synchronization

/// The sockets of a user agent: one for UDP, listeners and connections for TCP and TLS.
///
/// Unchecked: everything runs on the one event loop, which NIO asserts at each `assumeIsolated`.
final class TransportLayer: @unchecked Sendable {
    private let loop: any EventLoop
    private let configuration: SIPConfiguration
    private let counters: SIPCounters
    private let receive: ([UInt8], SIPDestination) -> Void
    private var datagrams: (any Channel)?
    private var listeners: [any Channel] = []
    private var connections: [ConnectionKey: any Channel] = [:]
    private var connecting: [ConnectionKey: EventLoopFuture<any Channel>] = [:]
    private var clientContext: EventLoopFuture<NIOSSLContext>?
    /// What connections are met with that are taken from now on.
    private var serverContext: NIOSSLContext?
    private var isFlushScheduled = false

    init(
        loop: any EventLoop,
        configuration: SIPConfiguration,
        counters: SIPCounters,
        receive: @escaping ([UInt8], SIPDestination) -> Void
    ) {
        self.loop = loop
        self.configuration = configuration
        self.counters = counters
        self.receive = receive
    }

    /// Binds UDP, then TCP on the same port, then TLS on its own; returns the ports.
    func start() -> EventLoopFuture<(port: Int, tlsPort: Int?)> {
        bind(attempts: configuration.port == 0 ? 20 : 1).assumeIsolated().flatMap { port in
            guard let tls = self.configuration.tls.listener else {
                return self.loop.makeSucceededFuture((port: port, tlsPort: nil))
            }
            return TLSContexts.server(tls, on: self.loop).assumeIsolated().flatMap { context in
                self.serverContext = context
                return self.listen(host: tls.host, port: tls.port, .tls).map { (port: port, tlsPort: $0) }.nonisolated()
            }.nonisolated()
        }.nonisolated()
    }

    /// Reads the certificates anew; connections that are open keep what they have. What was read before stays when it fails.
    func renewCertificates() -> EventLoopFuture<Void> {
        let client = TLSContexts.client(configuration.tls, on: loop)
        return client.assumeIsolated().flatMap { _ in
            self.clientContext = client
            guard let tls = self.configuration.tls.listener else { return self.loop.makeSucceededVoidFuture() }
            return TLSContexts.server(tls, on: self.loop).assumeIsolated().map { self.serverContext = $0 }.nonisolated()
        }.nonisolated()
    }

    /// A port that is free for UDP may be taken for TCP: when any port will do, another is tried.
    private func bind(attempts: Int) -> EventLoopFuture<Int> {
        bindDatagrams().assumeIsolated().flatMap { channel in
            self.datagrams = channel
            let port = channel.localAddress?.port ?? 0
            return self.listen(host: self.configuration.host, port: port, .tcp).flatMapError { error in
                channel.close().assumeIsolated().flatMap {
                    attempts > 1
                        ? self.bind(attempts: attempts - 1) : self.loop.makeFailedFuture(error)
                }.nonisolated()
            }.nonisolated()
        }.nonisolated()
    }

    private func bindDatagrams() -> EventLoopFuture<any Channel> {
        DatagramBootstrap(group: loop)
            .channelOption(.socketOption(.so_rcvbuf), value: 4 << 20)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 16 * 65_536))
            .channelOption(.datagramVectorReadMessageCount, value: 16)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        DatagramHandler { [weak self] bytes, address in
                            self?.receive(bytes, SIPDestination(transport: .udp, address: address))
                        }
                    )
                }
            }
            .bind(host: configuration.host, port: configuration.port)
    }

    /// Sends bytes; `onFailure` is called on the loop when they cannot be sent.
    func send(_ bytes: [UInt8], to destination: SIPDestination, onFailure: @escaping () -> Void) {
        counters.sent.add(1, ordering: .relaxed)
        guard destination.transport.isReliable else {
            return sendDatagram(bytes, to: destination.address, onFailure: onFailure)
        }
        if let connection = destination.connection, connection.isActive {
            return write(bytes, to: connection, onFailure: onFailure)
        }
        guard !destination.transport.isWebSocket else { return fail(onFailure) }
        connect(to: destination).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel): self.write(bytes, to: channel, onFailure: onFailure)
            case .failure: self.fail(onFailure)
            }
        }
    }

    func close() -> EventLoopFuture<Void> {
        let channels = [datagrams].compactMap { $0 } + listeners + connections.values
        return EventLoopFuture.andAllComplete(channels.map { $0.close() }, on: loop)
    }

    private func listen(
        host: String,
        port: Int,
        _ transport: SIPTransport
    ) -> EventLoopFuture<Int>.Isolated {
        ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if transport == .tls, let context = self.serverContext {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    guard let address = channel.remoteAddress else { return }
                    let key = ConnectionKey(transport: transport, address: address, serverName: nil)
                    try self.prepare(channel, key, firstMessage: self.configuration.firstMessageTimeout)
                }
            }
            .bind(host: host, port: port)
            .assumeIsolated().map { channel in
                self.listeners.append(channel)
                return channel.localAddress?.port ?? 0
            }
    }

    /// - Parameter firstMessage: who has connected to us and says nothing for this long is let go.
    private func prepare(_ channel: any Channel, _ key: ConnectionKey, firstMessage: Duration? = nil) throws {
        guard connections.count < configuration.connectionLimit else {
            counters.refused.add(1, ordering: .relaxed)
            throw ChannelError.operationUnsupported
        }
        connections[key] = channel
        let idle = IdleStateHandler(allTimeout: .nanoseconds(configuration.connectionIdleTimeout.nanoseconds))
        try channel.pipeline.syncOperations.addHandler(idle)
        try channel.pipeline.syncOperations.addHandler(
            StreamHandler(
                limits: configuration.limits,
                firstMessage: firstMessage,
                receive: { [weak self] bytes, channel in
                    var origin = SIPDestination(transport: key.transport, address: key.address, connection: channel)
                    origin.serverName = key.serverName
                    self?.receive(bytes, origin)
                },
                onClose: { [weak self] channel in
                    guard let self, connections[key] === channel else { return }
                    connections[key] = nil
                }
            )
        )
    }

    private func connect(to destination: SIPDestination) -> EventLoopFuture<any Channel> {
        let key = ConnectionKey(
            transport: destination.transport,
            address: destination.address,
            serverName: destination.serverName
        )
        if let open = connections[key], open.isActive { return loop.makeSucceededFuture(open) }
        if let pending = connecting[key] { return pending }
        let future = key.transport == .tls ? connectEncrypted(key) : connect(key, nil)
        connecting[key] = future
        future.assumeIsolated().whenComplete { _ in self.connecting[key] = nil }
        return future
    }

    private func connectEncrypted(_ key: ConnectionKey) -> EventLoopFuture<any Channel> {
        let context = clientContext ?? TLSContexts.client(configuration.tls, on: loop)
        clientContext = context
        return context.assumeIsolated().flatMap { self.connect(key, $0) }.nonisolated()
    }

    private func connect(_ key: ConnectionKey, _ context: NIOSSLContext?) -> EventLoopFuture<any Channel> {
        ClientBootstrap(group: loop)
            .connectTimeout(.seconds(5))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        let handler = try TLSContexts.clientHandler(context, serverName: key.serverName)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try self.prepare(channel, key)
                }
            }
            .connect(to: key.address)
    }

    private func sendDatagram(_ bytes: [UInt8], to address: SocketAddress, onFailure: @escaping () -> Void) {
        guard let datagrams else { return fail(onFailure) }
        let promise = loop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenFailure { _ in self.fail(onFailure) }
        datagrams.write(AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: bytes)), promise: promise)
        flushSoon(datagrams)
    }

    private func write(_ bytes: [UInt8], to channel: any Channel, onFailure: @escaping () -> Void) {
        let promise = loop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenFailure { _ in self.fail(onFailure) }
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: promise)
    }

    private func fail(_ onFailure: @escaping () -> Void) {
        counters.sendFailures.add(1, ordering: .relaxed)
        onFailure()
    }

    /// Datagrams written in one turn of the loop leave together.
    private func flushSoon(_ channel: any Channel) {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        loop.assumeIsolated().execute {
            self.isFlushScheduled = false
            channel.flush()
        }
    }
}
