/// The server side of every other request (RFC 3261 section 17.2.2).
package struct NonInviteServerTransaction: Sendable {
    private enum State {
        case trying, proceeding, completed, terminated
    }

    private var state = State.trying
    private let timers: SIPTimers
    private let isReliable: Bool

    /// Makes a transaction over a reliable transport or UDP.
    package init(timers: SIPTimers, isReliable: Bool) {
        self.timers = timers
        self.isReliable = isReliable
    }

    /// Takes an event and says what to do.
    package mutating func handle(_ event: ServerEvent) -> [TransactionAction] {
        switch (state, event) {
        case (.trying, .respond(100..<200)), (.proceeding, .respond(100..<200)):
            state = .proceeding
            return [.sendResponse]
        case (.trying, .respond), (.proceeding, .respond):
            guard !isReliable else {
                state = .terminated
                return [.sendResponse, .terminate]
            }
            state = .completed
            return [.sendResponse, .start(.linger, timers.timeout)]
        case (.proceeding, .requestRetransmitted), (.completed, .requestRetransmitted):
            return [.sendResponse]
        case (.completed, .timer(.linger)):
            state = .terminated
            return [.terminate]
        case (.proceeding, .transportFailed), (.completed, .transportFailed):
            state = .terminated
            return [.stop(.linger), .reportTransportFailure, .terminate]
        default:
            return []
        }
    }
}
