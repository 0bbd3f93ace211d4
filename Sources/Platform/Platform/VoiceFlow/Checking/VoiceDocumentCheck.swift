/// Looks for what is allowed and probably not meant: what never has its turn, and what may never end.
struct VoiceDocumentCheck {
    let actions: [VoiceAction]
    let paths: [String]
    /// The document's own URL; nil when it has none.
    let ownURL: String?

    /// In the order of the document.
    var warnings: [VoiceWarning] {
        let last = actions.firstIndex(where: \.endsDocument)
        var warnings = zip(actions, paths).prefix((last ?? actions.count) + 1).flatMap(warnings)
        if let last, last + 1 < actions.count {
            warnings.append(
                VoiceWarning(
                    paths[last + 1],
                    "This and what follows never have their turn, since \(paths[last]) ends the document before.",
                    code: .unreachable
                )
            )
        }
        return warnings
    }

    private func warnings(_ action: VoiceAction, _ path: String) -> [VoiceWarning] {
        switch action {
        case .conference:
            [VoiceWarning(path, "The room is left when the caller hangs up or the room ends.", code: .openEnded)]
        case .stream(let stream) where stream.connects:
            [VoiceWarning(path, "The stream lasts until one side ends it.", code: .openEnded)]
        case .redirect(let redirect) where isOwn(redirect.url):
            [
                VoiceWarning(
                    path,
                    "The document asks for itself again, and so on until the caller hangs up.",
                    code: .asksItself
                )
            ]
        case .dial(let dial) where isOwn(dial.action):
            [
                VoiceWarning(
                    path,
                    "After the call the document asks for itself: answered with the same, it calls again and again.",
                    code: .asksItself
                )
            ]
        case .getDigits(let gather) where isOnlyMenu && (gather.action == nil || isOwn(gather.action)):
            [
                VoiceWarning(
                    path,
                    "The keys go to the document's own URL: answered with the same, the caller is asked again and again.",
                    code: .asksItself
                )
            ]
        default: []
        }
    }

    /// Whether keys are all that the document is about.
    private var isOnlyMenu: Bool {
        actions.allSatisfy { action in
            switch action {
            case .say, .play, .pause, .getDigits: true
            default: false
            }
        }
    }

    private func isOwn(_ url: String?) -> Bool { url != nil && url == ownURL }
}
