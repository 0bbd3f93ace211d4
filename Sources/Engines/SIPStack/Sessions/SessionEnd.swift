/// How an answered call ended.
package enum SessionEnd: Sendable, Equatable {
    /// The peer's BYE, and the cause of its `Reason: Q.850` if it had one.
    case remoteBye(q850: Int?)
    /// Our BYE.
    case localBye
    /// Nobody refreshed the session (RFC 4028), or a refresh found the peer gone.
    case expired
    /// The ACK of our answer never came.
    case noAcknowledgement
}
