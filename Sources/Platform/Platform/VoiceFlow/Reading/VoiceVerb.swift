/// The verbs of documents, by their names in JSON.
enum VoiceVerb: String, Sendable, CaseIterable {
    case say
    case play
    case pause
    case getDigits
    case dial
    case conference
    case record
    case redirect
    case reject
    case hangup
    case stream

    /// The name in XML: `GetDigits`.
    var element: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// The parameter that holds actions of its own, if one does.
    var holder: String? {
        switch self {
        case .getDigits: "nested"
        case .dial: "whisper"
        default: nil
        }
    }

    /// What may stand inside of others.
    static let prompts: Set<VoiceVerb> = [.say, .play, .pause]
}
