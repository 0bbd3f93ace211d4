package import Primitives

/// All that is known of a call.
package struct CallStory: Sendable {
    /// The call.
    package let call: Call
    /// What happened, oldest first.
    package let entries: [TimelineEntry]
    /// The calls that it dialled.
    package let legs: [Identifier]

    /// The details of the last entry of a kind; nil when there is none.
    package func details(_ kind: String) -> JSONValue? {
        entries.last { $0.kind == kind }?.details
    }

    /// Why the call ended, or how far it is, in one plain sentence.
    package var sentence: String {
        guard call.status.isTerminal else { return live }
        return call.answeredAt == nil ? unansweredEnd : answeredEnd
    }

    private var live: String {
        switch call.status {
        case .answered: "The call is up."
        case .ringing: "The other side is being alerted."
        default:
            call.direction == .inbound ? "The call rings; nobody has answered yet." : "The call is about to be dialled."
        }
    }

    func has(_ kind: String) -> Bool { entries.contains { $0.kind == kind } }

    /// Which of these happened last; nil when none did.
    func last(of kinds: Set<String>) -> String? {
        entries.last { kinds.contains($0.kind) }?.kind
    }

    /// Who wanted the call to end, if somebody asked for it.
    var asker: HangupAsker? {
        details("call.hangup")?["by"]?.stringValue.flatMap(HangupAsker.init(rawValue:))
    }
}
