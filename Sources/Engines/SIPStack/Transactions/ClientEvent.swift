/// What happens to a client transaction.
package enum ClientEvent: Sendable, Equatable {
    /// It begins.
    case start
    /// A response with this status came.
    case response(status: Int)
    /// A timer fired.
    case timer(TransactionTimer)
    /// The transport could not send.
    case transportFailed
}
