import NIOCore
import NIOPosix

/// A connection by WebSocket (RFC 6455) on which a test says exactly what it wants, wrong frames and all.
package final class RawWebSocket: Sendable {
    /// What the other side has said.
    package struct Frame: Sendable, Equatable {
        /// 1 text, 2 binary, 8 close, 9 ping, 10 pong.
        package let opcode: UInt8
        /// Its bytes.
        package let payload: [UInt8]
    }

    private let channel: any Channel
    private let bytes = Locked<[UInt8]>([])
    private let closed = Locked(false)

    /// Connects to a port of 127.0.0.1 and asks for the upgrade.
    ///
    /// - Parameter headers: beside those of every handshake.
    /// - Throws: NIO's error when nobody listens there.
    package init(
        port: Int,
        path: String = "/",
        headers: [(String, String)] = [("Sec-WebSocket-Protocol", "sip")]
    ) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { [bytes, closed] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(bytes: bytes, closed: closed))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        let fields =
            [
                ("Host", "127.0.0.1:\(port)"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ] + headers
        try await send(
            raw: Array(("GET \(path) HTTP/1.1\r\n" + fields.map { "\($0): \($1)\r\n" }.joined() + "\r\n").utf8)
        )
    }

    /// The head of the answer and the body behind it, once the head is there.
    package func answer() async throws -> (status: Int, head: String, rest: String) {
        try await Waiting.until {
            guard let (head, rest) = self.split else { return nil }
            let words = head.split(separator: " ")
            guard words.count > 1, let status = Int(words[1]) else { return nil }
            return (status, head, String(decoding: rest, as: UTF8.self))
        }
    }

    /// Every whole frame that has come.
    package var frames: [Frame] {
        guard var rest = split?.rest else { return [] }
        var frames: [Frame] = []
        while rest.count >= 2 {
            let (opcode, first) = (rest[rest.startIndex] & 15, Int(rest[rest.startIndex + 1] & 127))
            var (header, length) = (2, first)
            if first == 126 {
                guard rest.count >= 4 else { break }
                (header, length) = (4, Int(rest[rest.startIndex + 2]) << 8 | Int(rest[rest.startIndex + 3]))
            }
            guard first < 127, rest.count >= header + length else { break }
            frames.append(Frame(opcode: opcode, payload: Array(rest.dropFirst(header).prefix(length))))
            rest = rest.dropFirst(header + length)
        }
        return frames
    }

    /// The texts of messages that have come.
    package var texts: [String] {
        frames.filter { $0.opcode == 1 || $0.opcode == 2 }.map { String(decoding: $0.payload, as: UTF8.self) }
    }

    /// The code that the other side has closed with.
    package var closeCode: Int? {
        frames.first { $0.opcode == 8 && $0.payload.count >= 2 }
            .map { Int($0.payload[0]) << 8 | Int($0.payload[1]) }
    }

    /// Whether the connection is closed.
    package var isClosed: Bool { closed.withLock { $0 } }

    /// Sends a text in a frame of its own.
    package func send(_ text: String) async throws { try await send(1, Array(text.utf8)) }

    /// Sends one frame.
    package func send(_ opcode: UInt8, _ payload: [UInt8], fin: Bool = true, isMasked: Bool = true) async throws {
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        var frame: [UInt8] = [(fin ? 0x80 : 0) | opcode]
        let masked: UInt8 = isMasked ? 0x80 : 0
        switch payload.count {
        case ...125: frame.append(masked | UInt8(payload.count))
        case ...65_535: frame += [masked | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: frame += [masked | 127] + (0..<8).reversed().map { UInt8(payload.count >> ($0 * 8) & 255) }
        }
        if isMasked { frame += mask }
        frame += isMasked ? payload.enumerated().map { $1 ^ mask[$0 & 3] } : payload
        try await send(raw: frame)
    }

    /// Sends bytes as they are.
    package func send(raw bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Closes the connection without a word.
    package func cut() async {
        // A channel that is closed already needs no closing.
        _ = try? await channel.close().get()
    }

    private var split: (head: String, rest: ArraySlice<UInt8>)? {
        let bytes = bytes.withLock { $0 }
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        return (String(decoding: bytes[..<end.lowerBound], as: UTF8.self), bytes[end.upperBound...])
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let bytes: Locked<[UInt8]>
        private let closed: Locked<Bool>

        init(bytes: Locked<[UInt8]>, closed: Locked<Bool>) {
            self.bytes = bytes
            self.closed = closed
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let new = unwrapInboundIn(data)
            bytes.withLock { $0 += new.readableBytesView }
        }

        func channelInactive(context: ChannelHandlerContext) {
            closed.withLock { $0 = true }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
