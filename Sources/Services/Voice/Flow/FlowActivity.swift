import Platform

/// What a call does for longer, with others or with a machine.
enum FlowActivity: Sendable, Equatable {
    case dial(DialAction)
    case record(RecordAction)
    case conference(ConferenceAction)
    case stream(StreamAction)
}
