/// Reads verbs into actions.
struct VerbReader: Sendable {
    let urls: VoiceURLs

    /// The action of a verb, and what is wrong with it: an action with faults is not to be used.
    func read(_ node: VerbNode) -> (action: VoiceAction, faults: [FieldFault]) {
        var fields = VerbFields(node, reader: self)
        let action = action(&fields)
        return (action, fields.finish())
    }

    private func action(_ fields: inout VerbFields) -> VoiceAction {
        switch fields.verb {
        case .say: .say(SayAction(&fields))
        case .play: .play(PlayAction(&fields))
        case .pause: .pause(.seconds(fields.integer("length", else: 1, in: 1...3600, of: "seconds")))
        case .getDigits: .getDigits(GetDigitsAction(&fields))
        case .dial: .dial(DialAction(&fields))
        case .conference: .conference(ConferenceAction(&fields))
        case .record: .record(RecordAction(&fields))
        case .redirect: .redirect(RedirectAction(fields.requiredURL("url"), method: fields.method()))
        case .reject: .reject(fields.choice("reason") ?? .rejected)
        case .hangup: .hangup
        case .stream: .stream(StreamAction(&fields))
        }
    }
}
