/// What can happen to a request to port numbers.
enum PortStateMachine {
    enum Event: String, Sendable, CaseIterable {
        case submit
        case reject
        case accept
        case complete
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
    static func next(_ status: PortStatus, _ event: Event) -> PortStatus? {
        transitions[status]?[event]
    }
}
