/// Why a call is refused.
package enum RejectReason: String, Sendable, CaseIterable {
    /// Nobody wants it: 603.
    case rejected
    /// The line is busy: 486.
    case busy
}
