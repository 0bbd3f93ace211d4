import NIOCore
import NIOPosix
import SIPWire
import TestSupport

/// A trunk that says exactly what a test wants, bytes and all.
final class RawTrunk: Sendable {
    let port: Int
    private let channel: any Channel
    private let seen: Locked<[SIPRequest]>

    /// Starts a trunk that answers each request with datagrams.
    init(_ answer: @escaping @Sendable (SIPRequest) -> [[UInt8]]) async throws {
        let seen = Locked<[SIPRequest]>([])
        self.seen = seen
        channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(seen: seen, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// Every request that came, repetitions included.
    var requests: [SIPRequest] { seen.withLock { $0 } }

    /// Waits for a request of a method.
    @discardableResult
    func request(_ method: SIPMethod) async throws -> SIPRequest {
        try await Waiting.until { self.requests.first { $0.method == method } }
    }

    func stop() async {
        // A channel that is closed already needs no closing.
        _ = try? await channel.close().get()
    }

    /// A response to a request, as a well-behaved trunk makes it.
    static func response(_ status: Int, to request: SIPRequest, reason: String? = nil, body: String = "") -> [UInt8] {
        var response = request.response(status, toTag: "trunk-7c1")
        response.headers.add(.contact, "<sip:trunk@127.0.0.1:\(Self.contactPort(request))>")
        if let reason { response.headers.add(.reason, reason) }
        if !body.isEmpty { response.headers.add(.contentType, "application/sdp") }
        response.body = Array(body.utf8)
        return response.bytes
    }

    private static func contactPort(_ request: SIPRequest) -> Int { request.uri.port ?? 5060 }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        typealias OutboundOut = AddressedEnvelope<ByteBuffer>

        private let seen: Locked<[SIPRequest]>
        private let answer: @Sendable (SIPRequest) -> [[UInt8]]

        init(seen: Locked<[SIPRequest]>, answer: @escaping @Sendable (SIPRequest) -> [[UInt8]]) {
            self.seen = seen
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            guard case .request(let request)? = try? SIPParser().parse(Array(envelope.data.readableBytesView)) else {
                return
            }
            seen.withLock { $0.append(request) }
            for bytes in answer(request) {
                let reply = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: bytes))
                context.writeAndFlush(wrapOutboundOut(reply), promise: nil)
            }
        }
    }
}
