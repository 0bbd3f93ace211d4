import NIOCore
import NIOPosix

/// Stands between a client and PostgreSQL, on a Unix socket each, and when the server has ended a connection tells the client
/// that it is ready for the next query, before it closes: libpq then takes a dead connection for an open one.
final class ReassuringProxy: Sendable {
    private let listener: any Channel

    /// Listens in `folder` where a client looks for port 5432.
    ///
    /// - Throws: NIO's error when it cannot.
    init(in folder: String, before server: String) async throws {
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in
                ClientBootstrap(group: client.eventLoop).connect(unixDomainSocketPath: server).flatMapThrowing {
                    // Both run on the client's loop, and nothing is read before both know each other.
                    try $0.pipeline.syncOperations.addHandler(Relay(to: client, last: Self.readyForQuery))
                    try client.pipeline.syncOperations.addHandler(Relay(to: $0, last: []))
                    client.setOption(.autoRead, value: true).whenFailure { _ in client.close(promise: nil) }
                }
            }
            .bind(unixDomainSocketPath: "\(folder)/.s.PGSQL.5432").get()
    }

    /// `Z`, its length, and `I` for idle (PostgreSQL documentation, "Message Formats").
    private static let readyForQuery = [UInt8(ascii: "Z"), 0, 0, 0, 5, UInt8(ascii: "I")]

    /// Stops listening.
    func close() async throws {
        try await listener.close()
    }

    private final class Relay: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let other: any Channel
        private let last: [UInt8]

        init(to other: any Channel, last: [UInt8]) {
            self.other = other
            self.last = last
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            other.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            if !last.isEmpty { other.writeAndFlush(ByteBuffer(bytes: last), promise: nil) }
            other.close(promise: nil)
            context.fireChannelInactive()
        }
    }
}
