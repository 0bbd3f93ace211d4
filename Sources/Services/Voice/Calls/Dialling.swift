import Platform
import Primitives

/// A dial that is under way.
struct Dialling {
    let action: DialAction
    /// What the flow calls it; nil when the call is nothing but this dial.
    let token: FlowToken?
    var group: DialGroup
    /// Where each leg's media is, once it has any.
    var media: [Identifier: LegSound] = [:]
    var connectedAt: Timestamp?
    /// Why a leg ended last, before anybody was connected.
    var lastCause: HangupCause?
    /// Whether the other side is a call that this one has not dialled: it is told of the end, and not ended.
    var isJoined = false
}
