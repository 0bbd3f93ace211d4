import Platform

/// What a call's runner must do.
enum LegAction: Sendable {
    /// Send an INVITE this way.
    case invite(CallRoute)
    /// Let the caller hear that it rings.
    case ring
    /// Answer with our description.
    case answer
    /// Refuse with this final response.
    case refuse(status: Int)
    /// CANCEL or BYE, with this reason.
    case hangUp(HangupCause)
    /// Start media, recording and the flow.
    case connect
    /// Note a step on the timeline, with the change of status it brings.
    case note(String, JSONValue, CallEvent?)
    /// The call is over.
    case settle(HangupCause, sipStatus: Int?)
}
