import Foundation
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
        guard let entry = entries.last(where: { $0.kind == kind }) else { return nil }
        return try? JSONValue(parsing: Data(entry.payload.text.utf8))
    }

    /// Why the call ended, or how far it is, in one plain sentence.
    package var sentence: String {
        guard call.status.isTerminal else { return live }
        guard call.answeredAt != nil else { return unanswered }
        let time = "after \(call.durationSeconds) s"
        switch call.hangupCause {
        case .maxDuration: return "The call reached the longest time it may last, and was ended \(time)."
        case .maxCost: return "The call reached the most it may cost, and was ended \(time)."
        case .mediaTimeout: return "No sound came from the other side for too long, so the call was ended \(time)."
        case .systemShutdown: return "The server was stopped, and the call was ended \(time)."
        case .networkOutOfOrder: return "The server that ran the call was lost, and the call was closed \(time)."
        case .normalTemporaryFailure:
            return "Your server gave no document to go on with, so the call was ended \(time)."
        default: break
        }
        switch details("sip.ended")?["reason"]?.stringValue {
        case "caller_hung_up": return "The caller hung up \(time)."
        case "callee_hung_up": return "The callee hung up \(time)."
        case "we_hung_up": return "Your flow or a request of yours ended the call \(time)."
        case "session_expired": return "The other side had gone without a word, which was noticed \(time)."
        case "not_acknowledged": return "The other side never confirmed the answer, so the call was ended \(time)."
        default: return "The call ended \(time)."
        }
    }

    private var live: String {
        switch call.status {
        case .answered: "The call is up."
        case .ringing: "The other side is being alerted."
        default:
            call.direction == .inbound ? "The call rings; nobody has answered yet." : "The call is about to be dialled."
        }
    }

    private var isInbound: Bool { call.direction == .inbound }

    private var unanswered: String {
        switch call.hangupCause {
        case .userBusy: isInbound ? "The caller was told that the line is busy." : "The other side was busy."
        case .noAnswer: "Nobody answered in time."
        case .callRejected:
            isInbound ? "The call was refused before it was answered." : "The other side refused the call."
        case .originatorCancel, .normalClearing:
            isInbound
                ? "The caller gave up before anybody answered." : "The call was taken back before it was answered."
        case .unallocatedNumber: "The number that was called does not exist."
        case .noRouteDestination:
            isInbound
                ? "The number has no voice URL, so nobody could take the call."
                : details("sip.host_refused") == nil
                    ? "The network knows no way to this number."
                    : "The host of the SIP URI could not be found, or may not be called."
        case .noTrunk: "No trunk takes calls to this number."
        case .incompatibleDestination: "The two sides have no codec in common."
        case .destinationOutOfOrder: "The other side's network could not reach it."
        case .recoveryOnTimerExpire: "The network did not answer in time."
        case .noMediaPort: "The server had no port left for the call's sound."
        case .systemShutdown: "The server was stopped before the call was answered."
        case .normalTemporaryFailure: "The network or this server could not take the call at that moment."
        case .networkOutOfOrder, .mediaTimeout, .maxDuration, .maxCost, nil: "The call was lost before it was answered."
        }
    }
}
