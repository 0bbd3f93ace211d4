import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Primitives

/// Opens a connection to one address, and makes it a WebSocket (RFC 6455 section 4.1).
struct SocketHandshake: Sendable {
    let destination: Destination
    let request: SocketRequest
    let settings: SocketSettings
    /// nil for a connection that is not encrypted.
    let tls: NIOSSLContext?
    let group: any EventLoopGroup

    /// Opens it.
    func open(_ address: IPAddress, _ pending: PendingChannel) async throws -> GuardedSocket {
        let handshake = try await ClientBootstrap(group: group)
            .connectTimeout(TimeAmount(settings.connectTimeout))
            .channelOption(.socketOption(.so_sndbuf), value: settings.sendBufferBytes)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // What waits in the channel is late as well; the outbox knows better what to do about that.
            .channelOption(.writeBufferWaterMark, value: .init(low: 8192, high: 16_384))
            .connect(to: SocketAddress(ipAddress: address.description, port: destination.port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard pending.begin(channel) else { throw CancellationError() }
                    return (channel, try prepare(channel))
                }
            }
        do {
            return try await handshake.1.get()
        } catch {
            handshake.0.close(promise: nil)
            throw error
        }
    }

    /// Puts TLS, HTTP and the handshake in place, in the loop of the channel.
    private func prepare(_ channel: any Channel) throws -> EventLoopFuture<GuardedSocket> {
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            // Without a name, the certificate has to hold the address.
            let name = destination.literal == nil ? destination.host : nil
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
        }
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = settings.maxHeaderBytes
        let decoder = ByteToMessageHandler(
            HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: limits)
        )
        let encoder = HTTPRequestEncoder()
        let checker = HandshakeChecker(subprotocol: request.subprotocol, maxHeaderBytes: settings.maxHeaderBytes)
        let upgrade = NIOTypedHTTPClientUpgradeHandler(
            httpHandlers: [encoder, decoder, checker],
            upgradeConfiguration: upgrade
        )
        try pipeline.addHandlers([encoder, decoder, checker, upgrade])
        return upgrade.upgradeResultFuture
    }

    private var upgrade: NIOTypedHTTPClientUpgradeConfiguration<GuardedSocket> {
        let upgrader = NIOTypedWebSocketClientUpgrader(
            maxFrameSize: settings.maxFrameBytes,
            enableAutomaticErrorHandling: false
        ) { [settings] channel, _ in
            channel.eventLoop.makeCompletedFuture { try GuardedSocket(channel, settings) }
        }
        return NIOTypedHTTPClientUpgradeConfiguration(
            upgradeRequestHead: HTTPRequestHead(
                version: .http1_1,
                method: .GET,
                uri: destination.target,
                headers: headers
            ),
            upgraders: [upgrader]
        ) { channel in
            // The checker lets only upgrades pass.
            channel.eventLoop.makeFailedFuture(HandshakeFault.notAccepted)
        }
    }

    private var headers: HTTPHeaders {
        var headers: HTTPHeaders = ["Host": destination.hostHeader]
        for (name, value) in request.headers where !Self.isReserved(name) { headers.add(name: name, value: value) }
        if !headers.contains(name: "User-Agent") { headers.add(name: "User-Agent", value: settings.userAgent) }
        if let subprotocol = request.subprotocol { headers.add(name: "Sec-WebSocket-Protocol", value: subprotocol) }
        return headers
    }

    /// What the handshake itself says.
    private static func isReserved(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasPrefix("sec-websocket-")
            || ["host", "connection", "upgrade", "content-length", "transfer-encoding"].contains(name)
    }
}
