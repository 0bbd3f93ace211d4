import NIOCore
import NIOHTTP1

/// Looks at a server's answer before the library does, for what that does not look at: the library compares the key.
final class HandshakeChecker: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private let subprotocol: String?
    private let maxHeaderBytes: Int
    private var hasFailed = false

    init(subprotocol: String?, maxHeaderBytes: Int) {
        self.subprotocol = subprotocol
        self.maxHeaderBytes = maxHeaderBytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What follows an answer that was refused is of no interest.
        if hasFailed { return }
        if case .head(let head) = Self.unwrapInboundIn(data), let fault = fault(of: head) {
            hasFailed = true
            context.fireErrorCaught(fault)
            context.close(promise: nil)
        } else {
            context.fireChannelRead(data)
        }
    }

    private func fault(of head: HTTPResponseHead) -> HandshakeFault? {
        let headers = head.headers
        let bytes = headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        if bytes > maxHeaderBytes { return .headersTooLarge(limitBytes: maxHeaderBytes) }
        guard head.status == .switchingProtocols else { return .status(head.status.code) }
        let isUpgraded =
            headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
            && headers[canonicalForm: "Upgrade"].map { $0.lowercased() } == ["websocket"]
        guard isUpgraded else { return .connection }
        if !headers["Sec-WebSocket-Extensions"].isEmpty { return .extensions }
        let taken = headers["Sec-WebSocket-Protocol"]
        guard taken == (subprotocol.map { [$0] } ?? []) else {
            return .subprotocol(wanted: subprotocol, got: taken.first)
        }
        return nil
    }
}
