import NIOCore
import NIOWebSocket
import Synchronization

/// Carries SIP messages in frames, one in each (RFC 7118 section 5), answers pings, and closes what breaks the rules, does not
/// read, or is gone.
final class WebSocketHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = WebSocketFrame

    private static let lineEnd = ByteBuffer(string: "\r\n")

    private let settings: SIPWebSocketSettings
    private let counters: SIPCounters
    private let receive: ([UInt8]) -> Void
    private var reader: WebSocketMessageReader
    private var patience: Scheduled<Void>?
    private var isAsked = false
    private var isClosing = false

    init(settings: SIPWebSocketSettings, counters: SIPCounters, receive: @escaping ([UInt8]) -> Void) {
        self.settings = settings
        self.counters = counters
        self.receive = receive
        reader = WebSocketMessageReader(
            largestMessage: settings.largestMessage,
            mostFragments: settings.mostFragments
        )
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        isAsked = false
        switch reader.read(unwrapInboundIn(data)) {
        case .message(let bytes): receive(bytes)
        case .keepAlive: send(Self.lineEnd, .text, context)
        case .pong(let data): send(data, .pong, context)
        case .close(let code): close(code, context)
        case .nothing: break
        }
        watchFragments(context)
    }

    /// A message that has begun must end soon: it takes memory meanwhile.
    private func watchFragments(_ context: ChannelHandlerContext) {
        guard reader.isWithinMessage, !isClosing else {
            patience?.cancel()
            patience = nil
            return
        }
        guard patience == nil else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        patience = context.eventLoop.scheduleTask(in: .nanoseconds(settings.fragmentTimeout.nanoseconds)) {
            let (handler, context) = bound.value
            handler.close(.policyViolation, context)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        // What is queued for somebody who does not read is memory that they hold.
        guard context.channel.isWritable else {
            promise?.fail(ChannelError.outputClosed)
            counters.webSocketsDropped.add(1, ordering: .relaxed)
            return context.close(promise: nil)
        }
        context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .text, data: bytes)), promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
        guard !isAsked else { return context.close(promise: nil) }
        isAsked = true
        send(ByteBuffer(), .ping, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        patience?.cancel()
        patience = nil
        context.fireChannelInactive()
    }

    /// A frame that is too large, or that makes no sense to the decoder.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let code = (error as? NIOWebSocketError).map { WebSocketErrorCode($0) } ?? .protocolError
        close(code, context)
    }

    private func send(_ data: ByteBuffer, _ opcode: WebSocketOpcode, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: opcode, data: data)), promise: nil)
    }

    private func close(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        if code != .normalClosure { counters.webSocketsDropped.add(1, ordering: .relaxed) }
        var data = context.channel.allocator.buffer(capacity: 2)
        data.write(webSocketErrorCode: code)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .connectionClose, data: data)))
            .whenComplete { _ in bound.value.close(promise: nil) }
    }
}

extension WebSocketErrorCode {
    fileprivate init(_ error: NIOWebSocketError) {
        self = error == .invalidFrameLength ? .messageTooLarge : .protocolError
    }
}
