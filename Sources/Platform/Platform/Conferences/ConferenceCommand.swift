package import Primitives

/// What is done in a conference by somebody who is not in it.
package struct ConferenceCommand: Sendable, Equatable {
    /// What.
    package enum Act: Sendable, Equatable {
        /// Nobody hears the participant.
        case mute
        /// No longer.
        case unmute
        /// The participant hears music, and nobody hears it.
        case hold
        /// No longer.
        case unhold
        /// The participant leaves the conference; its call goes on with its flow.
        case kick
        /// The participant hears this: one `say` or `play`.
        case play(VoiceAction)
        /// What was played so is heard no longer.
        case stopPlaying
        /// All leave, and the conference is over.
        case end
        /// The conference is recorded from now on, or no longer.
        case record(CallCommand.RecordingControl)
    }

    /// What is done.
    package let act: Act
    /// To whom: a call in the conference; everybody when nil.
    package let participant: Identifier?
    /// Told when it is done; an absolute URL.
    package let callbackURL: String?

    /// Makes a command.
    package init(_ act: Act, participant: Identifier? = nil, callbackURL: String? = nil) {
        self.act = act
        self.participant = participant
        self.callbackURL = callbackURL
    }
}
