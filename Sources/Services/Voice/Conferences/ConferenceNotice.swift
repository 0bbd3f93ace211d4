import Platform
import Primitives

/// What a status callback is told of a conference, in the names that clients read (facts section 9).
struct ConferenceNotice: Sendable {
    /// `start`, `end`, `join`, `leave`, `mute`, `unmute`, or the name of a command that was carried out.
    let event: String
    let name: String
    let conferenceID: Identifier
    /// Whom it is about; whoever is told when nil.
    let participant: Call?
    /// How many are in it.
    let count: Int
    let at: Timestamp

    /// The message for whoever's server is told.
    func message(to call: Call) -> CallbackMessage {
        let about = participant ?? call
        let id = conferenceID.rendered(prefix: "conf")
        var fields = [
            ("event", event), ("Event", event), ("conferenceEvent", event), ("status", event),
            ("conference_id", id), ("ConferenceSid", id), ("conference_name", name), ("conferenceRoomName", name),
            ("conferenceName", name), ("room", name), ("participants", "\(count)"), ("timestamp", at.rfc3339),
        ]
        guard participant != nil else { return CallbackMessage(fields, of: call) }
        let callID = about.id.rendered(prefix: "call")
        fields += [
            ("caller", about.remote), ("callerNumber", about.remote), ("participantNumber", about.remote),
            ("participant_id", callID), ("participantId", callID), ("call_id", callID), ("CallSid", callID),
            ("sessionId", about.sessionID),
        ]
        return CallbackMessage(fields, of: call)
    }
}
