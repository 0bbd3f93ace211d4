import NIOCore
import NIOPosix
import TestSupport

/// A server over TCP that says exactly what a test wants after it has read a WebSocket's handshake, bytes and all.
final class RawServer: Sendable {
    /// Where it listens on 127.0.0.1.
    let port: Int
    private let channel: any Channel
    private let received = Locked<[UInt8]>([])
    private let open = Locked<[any Channel]>([])

    /// Starts a server.
    ///
    /// - Parameter answer: what is said to the handshake; it is given the key of the request. nil says nothing at all.
    init(reads: Bool = true, _ answer: @escaping @Sendable (_ key: String) -> [UInt8]?) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [received, open] channel in
                open.withLock { $0.append(channel) }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(received: received, reads: reads, answer: answer)
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit {
        channel.close(promise: nil)
        for channel in open.withLock({ $0 }) { channel.close(promise: nil) }
    }

    /// Connections that are open.
    var connections: Int { open.withLock { $0.filter(\.isActive).count } }

    /// Sends to every connection.
    func send(_ bytes: [UInt8]) {
        for channel in open.withLock({ $0 }) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }
    }

    /// Reads from every connection, also from those that it did not read from.
    func read() {
        for channel in open.withLock({ $0 }) { channel.setOption(.autoRead, value: true).whenComplete { _ in } }
    }

    /// Ends every connection.
    func hangUp() {
        for channel in open.withLock({ $0 }) { channel.close(promise: nil) }
    }

    /// The frames that came after the handshake.
    var frames: [ClientFrame] { ClientFrame.all(in: received.withLock { $0 }) }

    /// The code of the closing frame that came; nil before there is one.
    var closeCode: Int? {
        frames.first { $0.opcode == 8 }.map { Int($0.payload[0]) << 8 | Int($0.payload[1]) }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let received: Locked<[UInt8]>
        private let reads: Bool
        private let answer: @Sendable (String) -> [UInt8]?
        private var request = ""
        private var isOpen = false

        init(received: Locked<[UInt8]>, reads: Bool, answer: @escaping @Sendable (String) -> [UInt8]?) {
            (self.received, self.reads, self.answer) = (received, reads, answer)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = Self.unwrapInboundIn(data)
            if isOpen {
                received.withLock { $0 += buffer.readableBytesView }
                return
            }
            request += String(buffer: buffer)
            guard request.hasSuffix("\r\n\r\n") else { return }
            isOpen = true
            let name = "sec-websocket-key: "
            let line = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name) } ?? ""
            if let answer = answer(String(line.dropFirst(name.count))) {
                context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil)
            }
            if !reads { context.channel.setOption(.autoRead, value: false).whenComplete { _ in } }
        }
    }
}
