import NIOCore
import Primitives

/// A connection to the mailbox: lines in, answers out.
final class MailboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// RFC 5321 section 4.5.3.1.6 allows 1,000 bytes.
    private static let longestLine = 4096

    private let mailbox: SandboxMailbox
    private var session = MailboxSession()
    private var line: [UInt8] = []

    init(_ mailbox: SandboxMailbox) {
        self.mailbox = mailbox
    }

    func channelActive(context: ChannelHandlerContext) {
        answer(MailboxSession.greeting, context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for byte in unwrapInboundIn(data).readableBytesView {
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                if line.count > Self.longestLine { return context.close(promise: nil) }
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            let output = session.take(String(decoding: line, as: UTF8.self))
            line = []
            if let message = output.message { mailbox.take(message.text, for: message.recipients) }
            if let reply = output.reply { answer(reply, context) }
            if output.isOver { return context.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ reply: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: reply + "\r\n")), promise: nil)
    }
}
