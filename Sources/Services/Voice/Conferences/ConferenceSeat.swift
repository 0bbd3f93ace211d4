import MediaEngine
import Platform
import Primitives

/// A call in a conference, as the conference sees it.
struct ConferenceSeat: Sendable {
    let call: Call
    let leg: MediaLeg
    let action: ConferenceAction
    let routing: CallRouting
    /// Called once when the conference is over for the call.
    let release: @Sendable () -> Void
    /// Puts a step on the call's timeline.
    let note: @Sendable (String, JSONValue) async -> Void

    /// How the room begins for it. The platform's own flags say some of it in their words (facts section 9).
    var member: ConferenceRoom.Member {
        ConferenceRoom.Member(
            id: call.id,
            isMuted: action.isMuted || action.flags.contains("mute"),
            startsRoom: action.startsOnEnter && !action.flags.contains("wait-mod"),
            endsRoom: action.endsOnExit || action.flags.contains("endconf"),
            beeps: action.beeps,
            records: action.isRecorded
        )
    }
}
