/// One thing that a call does: an action of the customer's document (facts section 9). Every URL in it is absolute.
package enum VoiceAction: Sendable, Equatable {
    /// Speaks a text.
    case say(SayAction)
    /// Plays a sound.
    case play(PlayAction)
    /// Says nothing for this long.
    case pause(Duration)
    /// Waits for keys, playing meanwhile.
    case getDigits(GetDigitsAction)
    /// Calls others and connects them.
    case dial(DialAction)
    /// Joins a room.
    case conference(ConferenceAction)
    /// Records what the caller says.
    case record(RecordAction)
    /// Goes on with another document.
    case redirect(RedirectAction)
    /// Refuses a call that has not been answered.
    case reject(RejectReason)
    /// Ends the call.
    case hangup
    /// Sends the call's sound to a WebSocket, and takes sound from it.
    case stream(StreamAction)

    /// The verb's name in JSON.
    package var verb: String {
        switch self {
        case .say: "say"
        case .play: "play"
        case .pause: "pause"
        case .getDigits: "getDigits"
        case .dial: "dial"
        case .conference: "conference"
        case .record: "record"
        case .redirect: "redirect"
        case .reject: "reject"
        case .hangup: "hangup"
        case .stream: "stream"
        }
    }

    /// The action as it is stored and sent: an object with the verb as its only member. Reading it again gives an equal action.
    package var json: JSONValue {
        let parameters: JSONValue =
            switch self {
            case .say(let say): say.json
            case .play(let play): play.json
            case .pause(let length): ["length": .integer(length.components.seconds)]
            case .getDigits(let gather): gather.json
            case .dial(let dial): dial.json
            case .conference(let conference): conference.json
            case .record(let record): record.json
            case .redirect(let redirect): redirect.json
            case .reject(let reason): ["reason": .string(reason.rawValue)]
            case .hangup: [:]
            case .stream(let stream): stream.json
            }
        return .object([JSONMember(verb, parameters)])
    }
}
