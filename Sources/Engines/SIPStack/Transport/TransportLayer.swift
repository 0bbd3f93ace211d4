import NIOCore
import NIOPosix
import SIPWire
import Synchronization

/// The sockets of a user agent: one for UDP, a listener and connections for TCP.
///
/// Unchecked: everything runs on the one event loop, which NIO asserts at each `assumeIsolated`.
final class TransportLayer: @unchecked Sendable {
    private let loop: any EventLoop
    private let configuration: SIPConfiguration
    private let counters: SIPCounters
    private let receive: ([UInt8], SIPDestination) -> Void
    private var datagrams: (any Channel)?
    private var listener: (any Channel)?
    private var connections: [SocketAddress: any Channel] = [:]
    private var connecting: [SocketAddress: EventLoopFuture<any Channel>] = [:]
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

    /// Binds UDP, then TCP on the same port; returns the port.
    func start() -> EventLoopFuture<Int> {
        bind(attempts: configuration.port == 0 ? 20 : 1)
    }

    /// A port that is free for UDP may be taken for TCP: when any port will do, another is tried.
    private func bind(attempts: Int) -> EventLoopFuture<Int> {
        bindDatagrams().assumeIsolated().flatMap { channel in
            self.datagrams = channel
            let port = channel.localAddress?.port ?? 0
            return self.listen(port: port).map { port }.flatMapError { error in
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
        switch destination.transport {
        case .udp: sendDatagram(bytes, to: destination.address, onFailure: onFailure)
        case .tcp:
            if let connection = destination.connection, connection.isActive {
                return write(bytes, to: connection, onFailure: onFailure)
            }
            connect(to: destination.address).assumeIsolated().whenComplete { result in
                switch result {
                case .success(let channel): self.write(bytes, to: channel, onFailure: onFailure)
                case .failure: self.fail(onFailure)
                }
            }
        }
    }

    func close() -> EventLoopFuture<Void> {
        let channels = [datagrams, listener].compactMap { $0 } + connections.values
        return EventLoopFuture.andAllComplete(channels.map { $0.close() }, on: loop)
    }

    private func listen(port: Int) -> EventLoopFuture<Void>.Isolated {
        ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.prepare(channel) }
            }
            .bind(host: configuration.host, port: port)
            .assumeIsolated().map { self.listener = $0 }
    }

    private func prepare(_ channel: any Channel) throws {
        guard connections.count < configuration.connectionLimit else {
            counters.refused.add(1, ordering: .relaxed)
            throw ChannelError.operationUnsupported
        }
        if let address = channel.remoteAddress { connections[address] = channel }
        let idle = IdleStateHandler(allTimeout: .nanoseconds(configuration.connectionIdleTimeout.nanoseconds))
        try channel.pipeline.syncOperations.addHandler(idle)
        try channel.pipeline.syncOperations.addHandler(
            StreamHandler(
                limits: configuration.limits,
                receive: { [weak self] bytes, channel in
                    guard let address = channel.remoteAddress else { return }
                    self?.receive(bytes, SIPDestination(transport: .tcp, address: address, connection: channel))
                },
                onClose: { [weak self] channel in
                    if let address = channel.remoteAddress { self?.connections[address] = nil }
                    self?.connections = self?.connections.filter { $0.value !== channel } ?? [:]
                }
            )
        )
    }

    private func connect(to address: SocketAddress) -> EventLoopFuture<any Channel> {
        if let open = connections[address], open.isActive { return loop.makeSucceededFuture(open) }
        if let pending = connecting[address] { return pending }
        let future = ClientBootstrap(group: loop)
            .connectTimeout(.seconds(5))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.prepare(channel) }
            }
            .connect(to: address)
        connecting[address] = future
        future.assumeIsolated().whenComplete { result in
            self.connecting[address] = nil
            if case .success(let channel) = result { self.connections[address] = channel }
        }
        return future
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
