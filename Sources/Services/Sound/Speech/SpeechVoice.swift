/// Who speaks.
package enum SpeechVoice: String, Sendable {
    case woman
    case man

    /// The voice of a `say` action: `alice` is a woman's, and so is none.
    init(named name: String?) {
        self = name?.lowercased() == SpeechVoice.man.rawValue ? .man : .woman
    }

    /// How speech programs tell them apart.
    var gender: String {
        switch self {
        case .woman: "f"
        case .man: "m"
        }
    }
}
