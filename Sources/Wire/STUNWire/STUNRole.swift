/// The part that the sender of a check believes to have, with its tie-breaker (RFC 8445 section 7.1.3).
package enum STUNRole: Sendable, Hashable {
    /// It nominates.
    case controlling(UInt64)
    /// It takes what the other nominates.
    case controlled(UInt64)
}
