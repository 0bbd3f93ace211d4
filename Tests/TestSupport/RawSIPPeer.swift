import NIOCore
import NIOPosix
package import SIPWire

/// A peer over UDP that says exactly what a test wants, bytes and all.
package final class RawSIPPeer: Sendable {
    /// Its port.
    package let port: Int
    private let channel: any Channel
    private let seen = Locked<[SIPMessage]>([])
    private let strange = Locked<[[UInt8]]>([])

    /// Starts a peer that answers each request with datagrams.
    ///
    /// - Parameter host: its own address.
    package init(
        host: String = "127.0.0.1",
        _ answer: @escaping @Sendable (SIPRequest) -> [[UInt8]] = { _ in [] }
    ) async throws {
        channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { [seen, strange] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Handler(seen: seen, strange: strange, answer: answer)
                    )
                }
            }
            .bind(host: host, port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// Every request that came, repetitions included.
    package var requests: [SIPRequest] {
        seen.withLock { $0 }.compactMap { if case .request(let request) = $0 { request } else { nil } }
    }

    /// Every response that came, repetitions included.
    package var responses: [SIPResponse] {
        seen.withLock { $0 }.compactMap { if case .response(let response) = $0 { response } else { nil } }
    }

    /// Every datagram that was no SIP message: sound, when this is where it was sent.
    package var datagrams: [[UInt8]] { strange.withLock { $0 } }

    /// Sends a datagram to a port of 127.0.0.1.
    package func send(_ bytes: [UInt8], to port: Int) async throws {
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        let envelope = AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: bytes))
        try await channel.writeAndFlush(envelope)
    }

    /// Sends a request and waits for its response of a status.
    ///
    /// - Throws: `WaitingTimeout`.
    @discardableResult
    package func ask(_ text: String, to port: Int, _ status: Int) async throws -> SIPResponse {
        try await send(Array(text.utf8), to: port)
        return try await Waiting.until { self.responses.first { $0.status == status } }
    }

    /// Waits for a request of a method.
    ///
    /// - Throws: `WaitingTimeout`.
    @discardableResult
    package func request(_ method: SIPMethod) async throws -> SIPRequest {
        try await Waiting.until { self.requests.first { $0.method == method } }
    }

    /// Closes its socket.
    package func stop() async {
        // A channel that is closed already needs no closing.
        _ = try? await channel.close().get()
    }

    /// A response to a request, as a well-behaved trunk makes it.
    package static func response(
        _ status: Int,
        to request: SIPRequest,
        reason: String? = nil,
        body: String = ""
    ) -> [UInt8] {
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

        private let seen: Locked<[SIPMessage]>
        private let strange: Locked<[[UInt8]]>
        private let answer: @Sendable (SIPRequest) -> [[UInt8]]

        init(
            seen: Locked<[SIPMessage]>,
            strange: Locked<[[UInt8]]>,
            answer: @escaping @Sendable (SIPRequest) -> [[UInt8]]
        ) {
            (self.seen, self.strange) = (seen, strange)
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            let bytes = Array(envelope.data.readableBytesView)
            guard let message = try? SIPParser().parse(bytes) else { return strange.withLock { $0.append(bytes) } }
            seen.withLock { $0.append(message) }
            guard case .request(let request) = message else { return }
            for bytes in answer(request) {
                let reply = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: bytes))
                context.writeAndFlush(wrapOutboundOut(reply), promise: nil)
            }
        }
    }
}
