/// Where a call is in its life (facts section 7.3).
package enum CallStatus: String, Sendable, CaseIterable {
    /// Accepted; nothing has rung yet.
    case initiated
    /// The callee is alerted.
    case ringing
    /// Connected; audio flows.
    case answered
    /// Ended after it was answered: the only success.
    case completed
    /// Ended without an answer, by the network's or our fault, or refused.
    case failed
    /// The callee was on another call.
    case busy
    /// Nobody answered in time.
    case noAnswer = "no_answer"
    /// The caller hung up before an answer.
    case canceled

    /// Whether nothing can follow.
    package var isTerminal: Bool {
        switch self {
        case .initiated, .ringing, .answered: false
        case .completed, .failed, .busy, .noAnswer, .canceled: true
        }
    }
}
