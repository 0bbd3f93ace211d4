/// What a transaction's owner must do after an event.
package enum TransactionAction: Sendable, Equatable {
    /// Send the request, the first time or again.
    case sendRequest
    /// Send the last response, the first time or again.
    case sendResponse
    /// Send the ACK of a failed INVITE.
    case sendACK
    /// Hand the message that caused the event to the user.
    case deliver
    /// Start a timer, in place of a running one of its kind.
    case start(TransactionTimer, Duration)
    /// Stop a timer.
    case stop(TransactionTimer)
    /// Tell the user that nobody answered in time, or that no ACK came.
    case reportTimeout
    /// Tell the user that the message could not be sent.
    case reportTransportFailure
    /// Forget the transaction.
    case terminate
}
