/// The client's half of a WebSocket after its handshake (RFC 6455), as a value: frames and times in, actions out.
///
/// Times count from any one instant.
struct SocketMachine: Sendable {
    private enum State: Equatable {
        case open
        /// A closing frame of ours is out, and none of the peer's has come.
        case closing(SocketCloseCode, since: Duration)
        /// Both have said all. The server is to end the connection first (section 7.1.1).
        case closed(since: Duration)
        case disconnected
    }

    private let settings: SocketSettings
    private var state = State.open
    private var assembly: MessageAssembly
    /// When the peer was last heard.
    private var heard: Duration
    /// When the peer was asked whether it lives, if it has not been heard since.
    private var asked: Duration?

    init(_ settings: SocketSettings, at now: Duration) {
        self.settings = settings
        heard = now
        assembly = MessageAssembly(maxBytes: settings.maxMessageBytes, maxFragments: settings.maxFragments)
    }

    /// Whether messages may still be sent.
    var isOpen: Bool { state == .open }

    /// Takes a frame.
    mutating func receive(_ frame: SocketFrame, at now: Duration) -> [SocketAction] {
        (heard, asked) = (now, nil)
        switch state {
        case .open: return take(frame, at: now)
        case .closing(let code, _): return takeLast(frame, after: code, at: now)
        case .closed, .disconnected: return []
        }
    }

    /// Takes that the peer sent what cannot be read as a frame.
    mutating func refuse(_ violation: SocketViolation, at now: Duration) -> [SocketAction] {
        switch state {
        case .open:
            state = .closed(since: now)
            return [
                .send(opcode: SocketFrame.Opcode.close, ClosePayload(violation.code, violation.description).bytes),
                .finish(.violation(violation)),
            ]
        case .closing(let code, _):
            state = .closed(since: now)
            return [.finish(.byUs(code))]
        case .closed, .disconnected: return []
        }
    }

    /// Begins to close from our side; the peer has `closeTimeout` to agree.
    mutating func close(_ code: SocketCloseCode, reason: String, at now: Duration) -> [SocketAction] {
        guard state == .open else { return [] }
        state = .closing(code, since: now)
        return [.send(opcode: SocketFrame.Opcode.close, ClosePayload(code, reason).bytes)]
    }

    /// Takes that the connection has ended.
    mutating func lose(_ words: String) -> [SocketAction] {
        defer { state = .disconnected }
        switch state {
        case .open: return [.finish(.lost(words))]
        case .closing(let code, _): return [.finish(.byUs(code))]
        case .closed, .disconnected: return []
        }
    }

    /// Looks at what is overdue.
    ///
    /// - Parameter isReading: false while nothing is read because nobody takes what came: then silence says nothing.
    mutating func tick(at now: Duration, isReading: Bool) -> [SocketAction] {
        switch state {
        case .open where !isReading:
            (heard, asked) = (now, nil)
            return []
        case .open: return keepAlive(at: now)
        case .closing(let code, let since):
            guard now - since >= settings.closeTimeout else { return [] }
            state = .disconnected
            return [.finish(.byUs(code)), .disconnect]
        case .closed(let since):
            guard now - since >= settings.closeTimeout else { return [] }
            state = .disconnected
            return [.disconnect]
        case .disconnected: return []
        }
    }

    private mutating func keepAlive(at now: Duration) -> [SocketAction] {
        if let since = assembly.since, now - since >= settings.messageTimeout {
            return refuse(.endlessMessage(settings.messageTimeout), at: now)
        }
        if let asked, now - asked >= settings.pongTimeout {
            state = .disconnected
            return [.finish(.silent(settings.pongTimeout)), .disconnect]
        }
        guard asked == nil, now - heard >= settings.pingInterval else { return [] }
        asked = now
        return [.send(opcode: SocketFrame.Opcode.ping, [])]
    }

    private mutating func take(_ frame: SocketFrame, at now: Duration) -> [SocketAction] {
        do throws(SocketViolation) {
            try check(frame)
            switch frame.opcode {
            case SocketFrame.Opcode.close: return try agree(to: ClosePayload(parsing: frame.payload), at: now)
            case SocketFrame.Opcode.ping: return [.send(opcode: SocketFrame.Opcode.pong, frame.payload)]
            case SocketFrame.Opcode.pong: return []
            default: return try assembly.add(frame, at: now).map { [.deliver($0)] } ?? []
            }
        } catch {
            return refuse(error, at: now)
        }
    }

    /// After our closing frame only the peer's counts; what it sent before it knew is let go.
    private mutating func takeLast(
        _ frame: SocketFrame,
        after code: SocketCloseCode,
        at now: Duration
    ) -> [SocketAction] {
        do throws(SocketViolation) {
            try check(frame)
            guard frame.opcode == SocketFrame.Opcode.close else { return [] }
            _ = try ClosePayload(parsing: frame.payload)
            state = .closed(since: now)
            return [.finish(.byUs(code))]
        } catch {
            return refuse(error, at: now)
        }
    }

    private mutating func agree(to payload: ClosePayload, at now: Duration) -> [SocketAction] {
        state = .closed(since: now)
        return [
            .send(opcode: SocketFrame.Opcode.close, ClosePayload(payload.code).bytes),
            .finish(.byPeer(payload.code, reason: payload.reason)),
        ]
    }

    private func check(_ frame: SocketFrame) throws(SocketViolation) {
        if frame.isMasked { throw .maskedFrame }
        if frame.hasReservedBit { throw .reservedBit }
        switch frame.opcode {
        case SocketFrame.Opcode.continuation, SocketFrame.Opcode.text, SocketFrame.Opcode.binary: return
        case SocketFrame.Opcode.close, SocketFrame.Opcode.ping, SocketFrame.Opcode.pong:
            guard frame.isLast, frame.payload.count <= 125 else { throw .controlFrame }
        default: throw .reservedOpcode(frame.opcode)
        }
    }
}
