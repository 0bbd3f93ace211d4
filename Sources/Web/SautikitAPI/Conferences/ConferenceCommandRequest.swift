import Platform
import WebSupport

/// The body of `POST /v1/conferences/{room}/commands`.
struct ConferenceCommandRequest {
    private static let plain = [
        "mute", "unmute", "hold", "unhold", "kick", "stop_playing", "end", "record_start", "record_pause",
        "record_resume", "record_stop",
    ]

    let act: ConferenceCommand.Act
    let participant: String?
    let callbackURL: String?

    static func read(_ document: JSONValue) throws(PlatformError) -> ConferenceCommandRequest {
        var reader = FieldReader(document)
        let name = reader.string("command")
        let participant = reader.optionalString("participant")
        let callback = reader.optionalString("callback_url") ?? callback(in: reader.raw("extra"))
        if let callback { reader.add(WebURL.faults(callback, field: "callback_url")) }
        if name == "kick", participant == nil {
            reader.add([FieldFault("participant", "'participant' is required: the call that is to leave.")])
        }
        let act = ConferenceCommand.Act(name)
        if act == nil, name != "play" {
            let names = (plain + ["play"]).sorted().joined(separator: ", ")
            reader.add([FieldFault("command", "'command' is one of \(names).")])
        }
        try reader.finish()
        let wanted: ConferenceCommand.Act
        if let act { wanted = act } else { wanted = .play(try CommandedAction.read(reader, ["say", "play"])) }
        return ConferenceCommandRequest(act: wanted, participant: participant, callbackURL: callback)
    }

    private static func callback(in extra: JSONValue?) -> String? { extra?["callback_url"]?.stringValue }
}
