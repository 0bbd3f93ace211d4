import Platform

/// What a call must do for its flow.
enum FlowCommand: Sendable, Equatable {
    /// Answer the call; `answered` follows.
    case answer
    /// Refuse the call, which has not been answered.
    case reject(RejectReason)
    /// Ask for a document; `document` follows.
    case fetch(FlowRequest, FlowToken)
    /// Speak; `soundEnded` follows.
    case say(SayAction, FlowToken)
    /// Play; `soundEnded` follows.
    case play(PlayAction, FlowToken)
    /// Be silent at once.
    case stopSounds
    /// Let `timer` follow after this.
    case wait(Duration, FlowToken)
    /// Begin something that ends by itself, or by `stop`.
    case begin(FlowActivity, FlowToken)
    /// End what was begun; nothing follows.
    case stop(FlowToken)
    /// Put a step on the timeline.
    case note(String, JSONValue)
    /// Nothing more is to be done, and the call stays up.
    case rest
    /// End the call.
    case hangUp(HangupCause)
    /// Say that something went wrong, in place of the document; `soundEnded` follows.
    case apologise(FlowToken)
}
