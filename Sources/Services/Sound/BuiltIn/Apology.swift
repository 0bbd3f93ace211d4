package import Platform

/// What a caller is told when a call cannot go on.
package enum Apology {
    /// The action that says it.
    package static func action(in language: SpokenLanguage) -> SayAction {
        switch language {
        case .english: SayAction("Sorry, this call cannot be continued. Please try again later.", language: "en-KE")
        case .swahili:
            SayAction("Samahani, simu hii haiwezi kuendelea. Tafadhali jaribu tena baadaye.", language: "sw-KE")
        }
    }
}
