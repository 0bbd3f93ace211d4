/// The client side of INVITE (RFC 3261 section 17.1.1, with the accepted state of RFC 6026 section 8.4).
package struct InviteClientTransaction: Sendable {
    private enum State {
        case initial, calling, proceeding, completed, accepted, terminated
    }

    private var state = State.initial
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
    package mutating func handle(_ event: ClientEvent) -> [TransactionAction] {
        switch (state, event) {
        case (.initial, .start):
            state = .calling
            let retransmit: [TransactionAction] = isReliable ? [] : [.start(.retransmit, interval)]
            return [.sendRequest] + retransmit + [.start(.timeout, timers.timeout)]
        case (.calling, .timer(.retransmit)):
            interval = interval * 2
            return [.sendRequest, .start(.retransmit, interval)]
        case (.calling, .timer(.timeout)):
            state = .terminated
            return [.stop(.retransmit), .reportTimeout, .terminate]
        case (.calling, .transportFailed), (.proceeding, .transportFailed):
            state = .terminated
            return [.stop(.retransmit), .stop(.timeout), .reportTransportFailure, .terminate]
        case (.calling, .response(let status)), (.proceeding, .response(let status)):
            return receive(status)
        case (.completed, .response(let status)):
            return status >= 300 ? [.sendACK] : []
        case (.accepted, .response(200..<300)):
            // Each 2xx, of this fork again or of another, is the user's to acknowledge.
            return [.deliver]
        case (.completed, .timer(.linger)), (.accepted, .timer(.linger)), (.completed, .transportFailed):
            state = .terminated
            return [.terminate]
        default:
            return []
        }
    }

    private mutating func receive(_ status: Int) -> [TransactionAction] {
        let stops: [TransactionAction] = state == .calling ? [.stop(.retransmit), .stop(.timeout)] : []
        switch status {
        case 100..<200:
            state = .proceeding
            return stops + [.deliver]
        case 200..<300:
            state = .accepted
            return stops + [.deliver, .start(.linger, timers.timeout)]
        default:
            guard !isReliable else {
                state = .terminated
                return stops + [.sendACK, .deliver, .terminate]
            }
            state = .completed
            return stops + [.sendACK, .deliver, .start(.linger, timers.timeout)]
        }
    }
}
