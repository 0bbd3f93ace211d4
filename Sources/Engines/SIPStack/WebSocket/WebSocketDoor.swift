import NIOCore
import NIOHTTP1
import NIOWebSocket
import Synchronization

/// The handshake of one connection: asks the gate, remembers what it said, and answers whoever is refused in words.
///
/// Unchecked: everything runs on the connection's event loop, which is the user agent's.
final class WebSocketDoor: @unchecked Sendable {
    /// What has been decided; nil until the gate has been asked.
    private(set) var verdict: WebSocketVerdict?

    private var isClosed = false
    private let gate: (any WebSocketGate)?
    private let address: String
    private let counters: SIPCounters

    init(gate: (any WebSocketGate)?, address: String, counters: SIPCounters) {
        self.gate = gate
        self.address = address
        self.counters = counters
    }

    /// The headers of the answer, or nil when it is refused.
    func admit(_ head: HTTPRequestHead, on loop: any EventLoop) -> EventLoopFuture<HTTPHeaders?> {
        let handshake = WebSocketHandshake(head, address: address)
        guard handshake.speaksSIP else {
            verdict = .refused(status: 400, "Sec-WebSocket-Protocol must name sip (RFC 7118 section 4).")
            return loop.makeSucceededFuture(nil)
        }
        guard let gate else {
            verdict = .refused(status: 503, "The gateway is not ready yet.")
            return loop.makeSucceededFuture(nil)
        }
        return loop.makeFutureWithTask { await gate.admit(handshake) }.map { verdict in
            self.verdict = verdict
            // Who has left meanwhile would be counted for ever.
            if self.isClosed { self.pass?.connectionClosed() }
            guard case .admitted = verdict else { return nil }
            return ["Sec-WebSocket-Protocol": WebSocketHandshake.subprotocol]
        }
    }

    /// The pass of a handshake that succeeded.
    var pass: (any FlowPass)? {
        if case .admitted(let pass)? = verdict { pass } else { nil }
    }

    /// The connection is closed.
    func closed() {
        isClosed = true
        pass?.connectionClosed()
    }

    /// Answers whoever is not let in, and closes. The request is not shown again, so nothing is waited for.
    func refuse(_ channel: any Channel) -> EventLoopFuture<Void> {
        counters.webSocketsRefused.add(1, ordering: .relaxed)
        var (status, text) = (426, "This port takes WebSocket connections with the subprotocol sip only.")
        if case .refused(let why, let words)? = verdict { (status, text) = (why, words) }
        let body = ByteBuffer(string: text + "\n")
        var headers: HTTPHeaders = [
            "Content-Type": "text/plain; charset=utf-8", "Content-Length": "\(body.readableBytes)",
            "Connection": "close",
        ]
        switch status {
        case 401: headers.add(name: "WWW-Authenticate", value: "Bearer")
        case 426: headers.add(name: "Upgrade", value: "websocket")
        case 429, 503: headers.add(name: "Retry-After", value: "5")
        default: break
        }
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
        return channel.writeAndFlush(HTTPServerResponsePart.end(nil)).flatMap { channel.close() }
    }
}
