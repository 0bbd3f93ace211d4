import NIOCore
import SIPWire

/// Frames a connection's bytes into messages, answers keep-alives, and closes what cannot be followed or is silent for long.
final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var framer: SIPStreamFramer
    private let firstMessage: Duration?
    private var patience: Scheduled<Void>?
    private let receive: ([UInt8], any Channel) -> Void
    private let onClose: (any Channel) -> Void

    /// - Parameter firstMessage: how long nothing may be said at first; for ever when nil.
    init(
        limits: SIPLimits,
        firstMessage: Duration? = nil,
        receive: @escaping ([UInt8], any Channel) -> Void,
        onClose: @escaping (any Channel) -> Void
    ) {
        framer = SIPStreamFramer(limits: limits)
        self.firstMessage = firstMessage
        self.receive = receive
        self.onClose = onClose
    }

    func channelActive(context: ChannelHandlerContext) {
        if let firstMessage {
            let channel = context.channel
            patience = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(firstMessage.nanoseconds)) {
                channel.close(promise: nil)
            }
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        framer.append(unwrapInboundIn(data).readableBytesView)
        do {
            while let frame = try framer.next() {
                switch frame {
                case .message(let bytes):
                    patience?.cancel()
                    patience = nil
                    receive(bytes, context.channel)
                case .ping: context.write(wrapOutboundOut(ByteBuffer(string: "\r\n")), promise: nil)
                }
            }
        } catch {
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        patience?.cancel()
        onClose(context.channel)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
