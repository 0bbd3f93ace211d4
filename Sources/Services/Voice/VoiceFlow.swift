import Platform

/// The actions of an answered call as a value: one after another.
struct VoiceFlow: Sendable {
    /// What to do next.
    enum Step: Sendable, Equatable {
        /// Play this, and come back when it has ended.
        case play(PlayAction.Sound, loops: Int)
        /// Come back after this.
        case wait(Duration)
        /// End the call.
        case hangUp
        /// There is nothing more; the call stays up.
        case done
    }

    private var actions: ArraySlice<VoiceAction>

    init(_ actions: [VoiceAction]) {
        self.actions = actions[...]
    }

    mutating func next() -> Step {
        switch actions.popFirst() {
        case .play(let play): .play(play.sound, loops: play.loop)
        case .pause(let length): .wait(length)
        case .hangup: .hangUp
        // The parser lets no other verb through.
        case .say, .getDigits, .dial, .conference, .record, .redirect, .reject, .stream, nil: .done
        }
    }
}
