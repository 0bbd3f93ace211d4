import Foundation

/// Commands as rows hold them.
extension CallCommand {
    /// How rows and the timeline name it.
    package var name: String {
        switch self {
        case .hold: "hold"
        case .unhold: "unhold"
        case .mute: "mute"
        case .unmute: "unmute"
        case .digits: "digits"
        case .play: "play"
        case .stopPlaying: "stop_playing"
        case .record(let control, _): "record_\(control.rawValue)"
        case .stopStream: "stream_stop"
        case .conference: "conference"
        }
    }

    var json: JSONValue {
        var members = [JSONMember("command", .string(name))]
        switch self {
        case .digits(let digits): members.append(JSONMember("digits", .string(digits)))
        case .play(let action): members.append(JSONMember("action", action.json))
        case .stopStream(let name): if let name { members.append(JSONMember("name", .string(name))) }
        case .conference(let command): members.append(JSONMember("conference", command.json))
        case .record(_, .dual): members.append(JSONMember("channels", .string(RecordingChannels.dual.rawValue)))
        case .hold, .unhold, .mute, .unmute, .stopPlaying, .record: break
        }
        return .object(members)
    }

    /// What a row holds; nil for what no version of ours has written.
    init?(json: JSONValue) {
        guard let name = json["command"]?.stringValue else { return nil }
        switch name {
        case "digits":
            guard let digits = json["digits"]?.stringValue else { return nil }
            self = .digits(digits)
        case "play":
            guard let action = json["action"].flatMap(VoiceAction.init(stored:)) else { return nil }
            self = .play(action)
        case "stream_stop": self = .stopStream(name: json["name"]?.stringValue)
        case "conference":
            guard let command = json["conference"].flatMap(ConferenceCommand.init(json:)) else { return nil }
            self = .conference(command)
        default:
            let plain: [CallCommand] =
                [.hold, .unhold, .mute, .unmute, .stopPlaying] + RecordingControl.allCases.map { .record($0) }
            guard let command = plain.first(where: { $0.name == name }) else { return nil }
            self = command
            if case .record(let control, _) = command,
                let channels = json["channels"]?.stringValue.flatMap(RecordingChannels.init)
            {
                self = .record(control, channels)
            }
        }
    }
}

extension VoiceAction {
    /// An action that a row holds.
    init?(stored json: JSONValue) {
        guard let action = try? VoiceActionParser.parse(.array([json]), field: "action").first else { return nil }
        self = action
    }
}
