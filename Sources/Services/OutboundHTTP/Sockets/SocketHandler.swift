import NIOCore
import NIOWebSocket

/// Runs a `SocketMachine` on a channel: frames and timers in, what it wants done out.
///
/// Nothing is read while nobody takes what was, and nothing is written that the connection does not take.
final class SocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let settings: SocketSettings
    private let inbox: SocketInbox
    private let sender: SocketSender
    private let start = NIODeadline.now()
    private var machine: SocketMachine
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    private var isReading = true
    /// The latest ping that was not answered yet (RFC 6455 section 5.5.3 lets the earlier ones go).
    private var pong: [UInt8]?
    /// A closing that waits for what was sent before it.
    private var closing: (code: SocketCloseCode, reason: String)?

    init(_ settings: SocketSettings, inbox: SocketInbox, sender: SocketSender) {
        self.settings = settings
        self.inbox = inbox
        self.sender = sender
        machine = SocketMachine(settings, at: .zero)
    }

    private var now: Duration { Duration(NIODeadline.now() - start) }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        scheduleTick()
        context.read()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        self.context = nil
        perform(machine.lose("it was closed"))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = Self.unwrapInboundIn(data)
        perform(machine.receive(SocketFrame(frame), at: now))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
        readOn()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        drain()
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        perform(machine.lose("the server ended it without closing the WebSocket"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let violation = SocketViolation(error, settings) {
            perform(machine.refuse(violation, at: now))
            context.flush()
        } else {
            perform(machine.lose(String(String(describing: error).prefix(200))))
            context.close(promise: nil)
        }
    }

    /// Writes what waits, as far as the connection takes it.
    func drain() {
        guard let context else { return }
        if context.channel.isWritable, let pong = pong.take() { write(SocketFrame.Opcode.pong, pong) }
        while machine.isOpen, context.channel.isWritable, let message = sender.next() {
            write(message.kind == .text ? SocketFrame.Opcode.text : SocketFrame.Opcode.binary, message.bytes)
        }
        if let (code, reason) = closing, context.channel.isWritable {
            closing = nil
            perform(machine.close(code, reason: reason, at: now))
            readOn()
        }
        context.flush()
    }

    /// Closes once everything that waits was written, or the peer has taken nothing for as long as it has to close.
    func close(_ code: SocketCloseCode, reason: String) {
        guard let context, machine.isOpen, closing == nil else { return }
        closing = (code, reason)
        drain()
        guard closing != nil else { return }
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(settings.closeTimeout)) { [weak self] in
            self?.giveUpWriting()
        }
    }

    /// Ends the connection, unless it is being closed: then that takes the time that it may.
    func abandon() {
        if machine.isOpen, closing == nil { context?.close(promise: nil) }
    }

    /// Goes on reading if there is room for it.
    func readOn() {
        // Once we close, what comes is let go but for the peer's own closing frame.
        isReading = !machine.isOpen || inbox.mayRead()
        if isReading { context?.read() }
    }

    private func giveUpWriting() {
        guard let (code, reason) = closing.take() else { return }
        perform(machine.close(code, reason: reason, at: now))
        context?.close(promise: nil)
    }

    private func scheduleTick() {
        guard let context else { return }
        let shortest = min(settings.pingInterval, settings.pongTimeout, settings.closeTimeout, settings.messageTimeout)
        // A quarter of the shortest, so that each is kept to within that much.
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(shortest / 4)) { [weak self] in
            self?.tick()
            self?.scheduleTick()
        }
    }

    private func tick() {
        perform(machine.tick(at: now, isReading: isReading))
        context?.flush()
    }

    private func perform(_ actions: [SocketAction]) {
        for action in actions {
            switch action {
            case .deliver(let message): inbox.put(message)
            case .send(SocketFrame.Opcode.pong, let payload): answer(payload)
            case .send(let opcode, let payload): write(opcode, payload)
            case .finish(let closure):
                sender.close()
                inbox.finish(closure)
                // The peer is to end the connection now, which is only seen by reading.
                readOn()
            case .disconnect: context?.close(promise: nil)
            }
        }
    }

    private func answer(_ payload: [UInt8]) {
        if context?.channel.isWritable == true { write(SocketFrame.Opcode.pong, payload) } else { pong = payload }
    }

    private func write(_ opcode: UInt8, _ payload: [UInt8]) {
        guard let context, let code = WebSocketOpcode(encodedWebSocketOpcode: opcode) else { return }
        // Room in front for the frame's header, which then needs no buffer of its own.
        let room = 14
        var buffer = context.channel.allocator.buffer(capacity: room + payload.count)
        buffer.moveWriterIndex(to: room)
        buffer.moveReaderIndex(to: room)
        buffer.writeBytes(payload)
        let frame = WebSocketFrame(fin: true, opcode: code, maskKey: .random(), data: buffer)
        context.write(Self.wrapOutboundOut(frame), promise: nil)
    }
}
