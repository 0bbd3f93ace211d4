/// What can happen to a top-up, and what it is then.
package enum TopupStateMachine {
    /// What can happen.
    package enum Event: String, Sendable, CaseIterable {
        /// The money has come.
        case paid
        /// It will not come.
        case refused
        /// Nothing was heard for too long.
        case timeOut
    }

    /// Paid is for ever; money that comes late overrides everything else.
    private static let transitions: [TopupStatus: [Event: TopupStatus]] = [
        .pending: [.paid: .confirmed, .refused: .failed, .timeOut: .expired],
        .failed: [.paid: .confirmed],
        .expired: [.paid: .confirmed, .refused: .failed],
        .confirmed: [:],
    ]

    /// The status after an event; nil when it changes nothing.
    package static func next(_ status: TopupStatus, _ event: Event) -> TopupStatus? {
        transitions[status]?[event]
    }
}
