/// What can happen to a request to port numbers.
package enum PortStateMachine {
    /// What can happen.
    package enum Event: String, Sendable, CaseIterable {
        /// Its owner asks for a decision.
        case submit
        /// The operator sends it back.
        case reject
        /// The operator and the other carrier agree.
        case accept
        /// The numbers have moved.
        case complete
        /// Its owner gives it up.
        case cancel
    }

    private static let transitions: [PortStatus: [Event: PortStatus]] = [
        .draft: [.submit: .submitted, .cancel: .cancelled],
        .submitted: [.reject: .rejected, .accept: .accepted, .cancel: .cancelled],
        .rejected: [.submit: .submitted, .cancel: .cancelled],
        // What two carriers have agreed on, only the operator takes back.
        .accepted: [.complete: .completed, .reject: .rejected],
        .completed: [:],
        .cancelled: [:],
    ]

    /// The status after an event; nil when it cannot happen now.
    package static func next(_ status: PortStatus, _ event: Event) -> PortStatus? {
        transitions[status]?[event]
    }
}
