/// The server side of INVITE (RFC 3261 section 17.2.1, with the accepted state of RFC 6026 section 8.5).
package struct InviteServerTransaction: Sendable {
    private enum State {
        case proceeding, completed, confirmed, accepted, terminated
    }

    private var state = State.proceeding
    private var hasResponded = false
    private var interval: Duration
    private let timers: SIPTimers
    private let isReliable: Bool

    /// Makes a transaction over a reliable transport or UDP.
    package init(timers: SIPTimers, isReliable: Bool) {
        self.timers = timers
        self.isReliable = isReliable
        interval = timers.t1
    }

    /// Takes an event and says what to do.
    package mutating func handle(_ event: ServerEvent) -> [TransactionAction] {
        switch (state, event) {
        case (.proceeding, .requestRetransmitted):
            return hasResponded ? [.sendResponse] : []
        case (.proceeding, .respond(let status)):
            return respond(status)
        case (.accepted, .respond(200..<300)):
            // The user retransmits its 2xx until the ACK comes.
            return [.sendResponse]
        case (.completed, .requestRetransmitted):
            return [.sendResponse]
        case (.completed, .timer(.retransmit)):
            interval = min(interval * 2, timers.t2)
            return [.sendResponse, .start(.retransmit, interval)]
        case (.completed, .ack):
            state = .confirmed
            let stops: [TransactionAction] = [.stop(.retransmit), .stop(.timeout)]
            guard !isReliable else {
                state = .terminated
                return stops + [.terminate]
            }
            return stops + [.start(.linger, timers.t4)]
        case (.completed, .timer(.timeout)):
            state = .terminated
            return [.stop(.retransmit), .reportTimeout, .terminate]
        case (.confirmed, .timer(.linger)), (.accepted, .timer(.linger)):
            state = .terminated
            return [.terminate]
        case (.proceeding, .transportFailed), (.completed, .transportFailed), (.accepted, .transportFailed):
            return [.reportTransportFailure]
        default:
            return []
        }
    }

    private mutating func respond(_ status: Int) -> [TransactionAction] {
        hasResponded = true
        switch status {
        case 100..<200:
            return [.sendResponse]
        case 200..<300:
            state = .accepted
            return [.sendResponse, .start(.linger, timers.timeout)]
        default:
            state = .completed
            // A challenge is sent once and again only when it is asked for (section 26.3.2.4): whoever forges addresses must not have us
            // repeat ourselves to somebody else.
            let isRepeated = !isReliable && status != 401 && status != 407
            let retransmit: [TransactionAction] = isRepeated ? [.start(.retransmit, interval)] : []
            return [.sendResponse] + retransmit + [.start(.timeout, timers.timeout)]
        }
    }
}
