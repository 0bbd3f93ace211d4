import Primitives

/// Commands as rows hold them.
extension ConferenceCommand {
    /// How the act is named in requests, rows and callbacks.
    package var name: String {
        switch act {
        case .mute: "mute"
        case .unmute: "unmute"
        case .hold: "hold"
        case .unhold: "unhold"
        case .kick: "kick"
        case .play: "play"
        case .stopPlaying: "stop_playing"
        case .end: "end"
        case .record(let control): "record_\(control.rawValue)"
        }
    }

    var json: JSONValue {
        var action: JSONValue?
        if case .play(let play) = act { action = play.json }
        return JSONValue(present: [
            ("act", .string(name)), ("action", action), ("participant", participant.map { .string($0.uuidString) }),
            ("callback_url", callbackURL.map { .string($0) }),
        ])
    }

    /// What a row holds; nil for what no version of ours has written.
    init?(json: JSONValue) {
        guard let name = json["act"]?.stringValue, let act = Act(name, action: json["action"]) else { return nil }
        self.init(
            act,
            participant: json["participant"]?.stringValue.flatMap { Identifier(parsing: $0) },
            callbackURL: json["callback_url"]?.stringValue
        )
    }
}

extension ConferenceCommand.Act {
    /// The act of this name; nil for a name that there is not.
    ///
    /// - Parameter action: what `play` plays.
    package init?(_ name: String, action: JSONValue? = nil) {
        switch name {
        case "mute": self = .mute
        case "unmute": self = .unmute
        case "hold": self = .hold
        case "unhold": self = .unhold
        case "kick": self = .kick
        case "stop_playing": self = .stopPlaying
        case "end": self = .end
        case "play":
            guard let play = action.flatMap(VoiceAction.init(stored:)) else { return nil }
            self = .play(play)
        default:
            let control = name.split(separator: "_", maxSplits: 1)
            guard control.count == 2, control[0] == "record",
                let control = CallCommand.RecordingControl(rawValue: String(control[1]))
            else { return nil }
            self = .record(control)
        }
    }
}
