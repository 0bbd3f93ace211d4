/// The client side of every other request (RFC 3261 section 17.1.2).
package struct NonInviteClientTransaction: Sendable {
    private enum State {
        case initial, trying, proceeding, completed, terminated
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
            state = .trying
            let retransmit: [TransactionAction] = isReliable ? [] : [.start(.retransmit, interval)]
            return [.sendRequest] + retransmit + [.start(.timeout, timers.timeout)]
        case (.trying, .timer(.retransmit)):
            interval = min(interval * 2, timers.t2)
            return [.sendRequest, .start(.retransmit, interval)]
        case (.proceeding, .timer(.retransmit)):
            interval = timers.t2
            return [.sendRequest, .start(.retransmit, interval)]
        case (.trying, .timer(.timeout)), (.proceeding, .timer(.timeout)):
            state = .terminated
            return [.stop(.retransmit), .reportTimeout, .terminate]
        case (.trying, .transportFailed), (.proceeding, .transportFailed):
            state = .terminated
            return [.stop(.retransmit), .stop(.timeout), .reportTransportFailure, .terminate]
        case (.trying, .response(100..<200)), (.proceeding, .response(100..<200)):
            state = .proceeding
            return [.deliver]
        case (.trying, .response), (.proceeding, .response):
            return complete()
        case (.completed, .timer(.linger)):
            state = .terminated
            return [.terminate]
        default:
            return []
        }
    }

    private mutating func complete() -> [TransactionAction] {
        let stops: [TransactionAction] = [.stop(.retransmit), .stop(.timeout), .deliver]
        guard !isReliable else {
            state = .terminated
            return stops + [.terminate]
        }
        state = .completed
        return stops + [.start(.linger, timers.t4)]
    }
}
