/// Why a call was never answered.
package enum SessionFailure: Sendable, Equatable {
    /// The final response, and the cause of its `Reason: Q.850` if it had one.
    case status(Int, q850: Int?)
    /// The peer said nothing at all within timer B.
    case noResponse
    /// The message could not be sent, or the host not be resolved.
    case transport
    /// It rang for too long and was canceled.
    case ringTimeout
    /// We hung up first, or the caller did.
    case canceled
    /// The peer wants credentials that we lack, or refuses ours.
    case notAuthorised
}
