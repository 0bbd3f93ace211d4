extension VoiceAction {
    /// Whether nothing of the document comes after it.
    var endsDocument: Bool {
        switch self {
        case .redirect, .reject, .hangup: true
        default: false
        }
    }
}
