/// A timer of a transaction, by its letter in RFC 3261 table 4 and RFC 6026 section 7.
package enum TransactionTimer: Sendable, Hashable {
    /// Retransmits a request (A for INVITE, E for others) or a final response to INVITE (G).
    case retransmit
    /// Ends the wait for an answer (B, F) or for an ACK (H).
    case timeout
    /// Ends the time in which retransmissions are absorbed (D, I, J, K, L, M).
    case linger
}
