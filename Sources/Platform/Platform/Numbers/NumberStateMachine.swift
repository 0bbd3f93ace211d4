/// What can happen to a number, and what it is then (facts section 11.1).
package enum NumberStateMachine {
    /// What can happen.
    package enum Event: String, Sendable, CaseIterable {
        /// A workspace takes it from the inventory.
        case claim
        /// It stops working.
        case suspend
        /// It works again.
        case resume
        /// Its workspace gives it back.
        case release
        /// Another carrier will take it.
        case portOut
        /// Another carrier will not take it after all.
        case stay
        /// It has come from another carrier, or gone to one.
        case arrive
        /// The other carrier has it, or does not give it.
        case leave
    }

    private static let transitions: [NumberStatus: [Event: NumberStatus]] = [
        .available: [.claim: .active],
        .reserved: [.claim: .active],
        .active: [.suspend: .suspended, .release: .released, .portOut: .porting],
        .suspended: [.resume: .active, .release: .released],
        .porting: [.arrive: .active, .stay: .active, .leave: .released],
        .released: [:],
    ]

    /// The status after an event; nil when it cannot happen to a number of this status.
    package static func next(_ status: NumberStatus, _ event: Event) -> NumberStatus? {
        transitions[status]?[event]
    }
}
