/// What comes of a REFER of ours, in order.
package enum ReferProgress: Sendable, Equatable {
    /// The peer does it.
    case accepted
    /// It has heard this provisional status from the target.
    case trying(status: Int)
    /// It has heard this final status from the target; nothing follows.
    case finished(status: Int)
    /// It does not do it, with this status, or says nothing at all; nothing follows.
    case refused(status: Int?)
}
