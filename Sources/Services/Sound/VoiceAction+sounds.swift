import Platform

/// Something in a document that can be heard.
enum HeardAction: Sendable {
    case speech(SayAction)
    case sound(PlayAction.Sound)
}

extension VoiceAction {
    /// What this action lets be heard, in its order.
    var sounds: [HeardAction] {
        switch self {
        case .say(let say): [.speech(say)]
        case .play(let play): [.sound(play.sound)]
        case .getDigits(let gather): gather.nested.flatMap(\.sounds)
        case .dial(let dial): dial.whisper.flatMap(\.sounds)
        case .conference(let conference): conference.waitSound.map { [.sound($0)] } ?? []
        case .pause, .record, .redirect, .reject, .hangup, .stream: []
        }
    }
}
