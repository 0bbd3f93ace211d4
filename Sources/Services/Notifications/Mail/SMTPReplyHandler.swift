import NIOCore
import Platform

/// Hands each reply to who waits for it; replies that nobody waits for end the connection.
final class SMTPReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var parser = SMTPReplyParser()
    private var waiting: EventLoopPromise<SMTPReply>?
    /// What came before anybody waited: the greeting, at most.
    private var early: SMTPReply?
    private var failure: MailFailure?

    /// The next reply.
    func next(on loop: any EventLoop) -> EventLoopFuture<SMTPReply> {
        let promise = loop.makePromise(of: SMTPReply.self)
        if let reply = early {
            early = nil
            promise.succeed(reply)
        } else if let failure {
            promise.fail(failure)
        } else {
            waiting = promise
        }
        return promise.futureResult
    }

    /// Whether something came that nobody asked for: what was said before TLS must not be heard after it (RFC 3207 section 4.2).
    var hasUnreadInput: Bool { early != nil || parser.isInside }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            for reply in try parser.feed(unwrapInboundIn(data).readableBytesView) { take(reply, context) }
        } catch {
            fail(MailFailure(isTransient: true, "the mail server does not speak SMTP: \(error)"), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(MailFailure(isTransient: true, "\(error)"), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(MailFailure(isTransient: true, "the mail server closed the connection"), context)
        context.fireChannelInactive()
    }

    private func take(_ reply: SMTPReply, _ context: ChannelHandlerContext) {
        if let promise = waiting {
            waiting = nil
            promise.succeed(reply)
        } else if early == nil {
            early = reply
        } else {
            fail(MailFailure(isTransient: true, "the mail server answers what was not asked"), context)
        }
    }

    private func fail(_ failure: MailFailure, _ context: ChannelHandlerContext) {
        if self.failure != nil { return }
        self.failure = failure
        waiting?.fail(failure)
        waiting = nil
        context.close(promise: nil)
    }
}
