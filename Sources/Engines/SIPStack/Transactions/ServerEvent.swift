/// What happens to a server transaction.
package enum ServerEvent: Sendable, Equatable {
    /// The request came again.
    case requestRetransmitted
    /// The ACK of a failed INVITE came.
    case ack
    /// The user responds with this status.
    case respond(status: Int)
    /// A timer fired.
    case timer(TransactionTimer)
    /// The transport could not send.
    case transportFailed
}
