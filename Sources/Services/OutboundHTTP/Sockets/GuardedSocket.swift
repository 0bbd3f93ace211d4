import NIOCore

/// A WebSocket at a customer's server (RFC 6455), as the client: messages of bounded size both ways, and none that grow
/// anywhere when one side is slow.
///
/// It is closed when it is let go, but without a word to the peer: say `close` first, which goes on without anybody.
package final class GuardedSocket: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<SocketHandler>
    private let inbox: SocketInbox
    private let sender: SocketSender

    /// Takes a channel over whose handshake is done, in its event loop.
    init(_ channel: any Channel, _ settings: SocketSettings) throws {
        let inbox = SocketInbox(maxBytes: settings.maxUnreadBytes, maxMessages: settings.maxUnreadMessages)
        let sender = SocketSender(maxBytes: settings.maxUnsentBytes, maxMessages: settings.maxUnsentMessages)
        let handler = SocketHandler(settings, inbox: inbox, sender: sender)
        (self.channel, self.inbox, self.sender) = (channel, inbox, sender)
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        try channel.syncOptions?.setOption(.autoRead, value: false)
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    deinit {
        channel.eventLoop.execute { [handler] in handler.value.abandon() }
    }

    /// What comes, for one task. As long as nobody takes it, and it is more than a little, the peer is not read from.
    package var messages: SocketMessages { SocketMessages(socket: self) }

    /// How the socket ended; nil while it has not.
    package var closure: SocketClosure? { inbox.closure }

    /// Messages that were given to the connection.
    package var sent: Int { sender.sent }

    /// Perishable messages that were dropped because the peer takes them too slowly.
    package var dropped: Int { sender.dropped }

    /// Sends a message, as soon as the peer takes it.
    ///
    /// - Returns: false when the socket is closed, or when so much waits that a message which must arrive has no room: then
    ///   the peer is too slow to go on with.
    @discardableResult
    package func send(_ message: OutgoingSocketMessage) -> Bool {
        sender.add(message) { [channel, handler] in channel.eventLoop.execute { handler.value.drain() } }
    }

    /// Closes the socket after what was sent before, and returns at once; `closed` tells when it is done.
    ///
    /// - Parameter reason: words for the peer, of at most 123 bytes; more are cut.
    package func close(_ code: SocketCloseCode = .normal, reason: String = "") {
        channel.eventLoop.execute { [handler] in handler.value.close(code, reason: reason) }
    }

    /// Waits until the socket has ended, however it does.
    @discardableResult
    package func closed() async -> SocketClosure {
        await inbox.waitForClosure()
    }

    /// The next message; nil when the socket has ended or the task is cancelled.
    func next() async -> SocketMessage? {
        await inbox.take { [channel, handler] in channel.eventLoop.execute { handler.value.readOn() } }
    }
}
