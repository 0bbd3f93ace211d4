import Platform

/// What happens to a flow.
enum FlowEvent: Sendable {
    /// The call begins with these actions of its own.
    case begin([VoiceAction])
    /// The call begins: ask its voice URL.
    case beginAtURL
    /// A document that was asked for.
    case document(FlowToken, FlowDocument)
    /// The call has been answered.
    case answered
    /// A sound has ended.
    case soundEnded(FlowToken)
    /// A timer has fired.
    case timer(FlowToken)
    /// The caller pressed a key.
    case digit(Character)
    /// A dial is over.
    case dialEnded(FlowToken, DialResult)
    /// A recording is over.
    case recorded(FlowToken, RecordResult)
    /// A conference or a stream is over.
    case activityEnded(FlowToken)
    /// Somebody replaces what is running.
    case replace([VoiceAction])
}
