import NIOCore

/// Hands each datagram to the user agent, and sends what was written meanwhile in one go.
final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let receive: ([UInt8], SocketAddress) -> Void

    init(receive: @escaping ([UInt8], SocketAddress) -> Void) {
        self.receive = receive
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        receive(Array(buffer: envelope.data), envelope.remoteAddress)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }

    /// An ICMP error belongs to no message; the transaction's timers notice.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
