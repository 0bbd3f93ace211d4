import MediaEngine
import Platform
import Primitives

/// A dial that is under way.
struct Dialling {
    let action: DialAction
    let token: FlowToken
    var group: DialGroup
    /// Where each leg's media is, once it has any.
    var media: [Identifier: MediaLeg] = [:]
    var connectedAt: Timestamp?
}
