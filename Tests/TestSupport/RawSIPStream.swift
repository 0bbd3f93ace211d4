import NIOCore
import NIOPosix
package import SIPWire

/// A TCP connection to a user agent over which a test says exactly what it wants, bytes and all.
package final class RawSIPStream: Sendable {
    private let channel: any Channel
    private let seen = Locked<[SIPResponse]>([])
    private let closed = Locked(false)

    /// Connects to a port of 127.0.0.1.
    ///
    /// - Throws: NIO's error when nobody listens there.
    package init(port: Int) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { [seen, closed] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(seen: seen, closed: closed))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    /// Every response that came.
    package var responses: [SIPResponse] { seen.withLock { $0 } }

    /// Whether the other side has closed the connection.
    package var isClosed: Bool { closed.withLock { $0 } }

    /// Sends bytes.
    package func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Sends a request and waits for the first final response.
    ///
    /// - Throws: `WaitingTimeout`.
    package func ask(_ bytes: [UInt8]) async throws -> SIPResponse {
        try await send(bytes)
        return try await Waiting.until { self.responses.first { $0.status >= 200 } }
    }

    /// Closes the connection.
    package func stop() async {
        // A channel that is closed already needs no closing.
        _ = try? await channel.close().get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let seen: Locked<[SIPResponse]>
        private let closed: Locked<Bool>
        private var bytes: [UInt8] = []

        init(seen: Locked<[SIPResponse]>, closed: Locked<Bool>) {
            self.seen = seen
            self.closed = closed
        }

        /// A refusal may lack what a whole response has, so the parser is not asked.
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes += unwrapInboundIn(data).readableBytesView
            while let end = bytes.firstRange(of: [13, 10, 13, 10] as [UInt8])?.upperBound {
                guard var response = Self.response(bytes[..<end]) else { return context.close(promise: nil) }
                let length = response.headers.integer(.contentLength) ?? 0
                guard bytes.count >= end + length else { return }
                response.body = Array(bytes[end..<(end + length)])
                bytes.removeFirst(end + length)
                seen.withLock { $0.append(response) }
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            closed.withLock { $0 = true }
        }

        private static func response(_ head: ArraySlice<UInt8>) -> SIPResponse? {
            let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
            guard let words = lines.first?.split(separator: " ", maxSplits: 2), words.count == 3,
                let status = Int(words[1])
            else { return nil }
            var response = SIPResponse(status: status, reason: String(words[2]))
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { continue }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                response.headers.add(SIPHeaderName(String(line[..<colon])), String(value))
            }
            return response
        }
    }
}
