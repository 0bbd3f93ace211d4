/// What is done to a live call beside its flow, which goes on.
package enum CallCommand: Sendable, Equatable {
    /// What becomes of the call's recording.
    package enum RecordingControl: String, Sendable, CaseIterable {
        case start, pause, resume, stop
    }

    /// The call's party hears music, and nobody hears it.
    case hold
    /// No longer.
    case unhold
    /// Nobody hears the call's party.
    case mute
    /// No longer.
    case unmute
    /// Keys are pressed towards the party: `0` to `9`, `A` to `D`, `*`, `#`, and `w` and `W` for half a second and a second.
    case digits(String)
    /// The party hears this over all else: one `say` or `play`.
    case play(VoiceAction)
    /// What was played so is heard no longer.
    case stopPlaying
    /// The call is recorded from now on, with its two sides so in the file, or no longer.
    case record(RecordingControl, RecordingChannels = .mono)
    /// The streams of this name end, all of them when it is nil; the document goes on.
    case stopStream(name: String?)
    /// Something is done in the conference that the call is in.
    case conference(ConferenceCommand)
}
