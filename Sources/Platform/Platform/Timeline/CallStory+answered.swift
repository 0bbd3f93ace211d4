/// Why a call ended that had been answered.
extension CallStory {
    var answeredEnd: String {
        let time = "after \(call.durationSeconds) s"
        switch call.hangupCause {
        case .maxDuration: return "The call reached the longest time it may last, and was ended \(time)."
        case .maxCost: return "The call reached the most it may cost, and was ended \(time)."
        case .mediaTimeout: return "No sound came from the other side for too long, so the call was ended \(time)."
        case .systemShutdown: return "The server was stopped, and the call was ended \(time)."
        default: break
        }
        if has("transfer.completed") { return "The telephone handed the call over to somebody else \(time)." }
        switch details("sip.ended")?["reason"]?.stringValue {
        case "caller_hung_up": return hungUp("caller", time)
        case "callee_hung_up": return hungUp("callee", time)
        case "session_expired": return "The other side had gone without a word, which was noticed \(time)."
        case "not_acknowledged": return "The other side never confirmed the answer, so the call was ended \(time)."
        case "we_hung_up": return endedHere(time)
        default:
            return call.hangupCause == .networkOutOfOrder
                ? "The server that ran the call was lost, and the call was closed \(time)."
                : "The call ended \(time)."
        }
    }

    private func hungUp(_ who: String, _ time: String) -> String {
        guard let cause = call.hangupCause, cause != .normalClearing else { return "The \(who) hung up \(time)." }
        let words = cause.rawValue.split(separator: "_").joined(separator: " ")
        return "The \(who)'s side ended the call \(time), and gave the reason \"\(words)\"."
    }

    private func endedHere(_ time: String) -> String {
        switch (call.hangupCause, asker) {
        case (.normalTemporaryFailure, _): "\(whatFailed), so the call was ended \(time)."
        case (.incompatibleDestination, _): "The two sides have no codec in common, so the call was ended \(time)."
        case (.networkOutOfOrder, _): "The server was not heard of for too long, and the call was closed \(time)."
        case (_, .request): "A request of yours ended the call \(time)."
        case (_, .dialler): "The call that dialled this one let it go \(time)."
        case (_, nil): endedByDocument(time)
        }
    }

    private func endedByDocument(_ time: String) -> String {
        switch last(of: ["flow.hangup", "flow.finished", "flow.dial_ended"]) {
        case "flow.hangup": "Your document hung up \(time)."
        case "flow.finished": "Your document had no more actions, so the call was ended \(time)."
        // A call that is nothing but a dial has no document.
        case "flow.dial_ended": "Whom the call was connected to hung up \(time)."
        default: "The call was ended here \(time)."
        }
    }

    /// Why there was nothing to go on with.
    var whatFailed: String {
        if has("flow.loop") { return "Your documents led to each other without an end" }
        // What came later was told of the end, and its answer was nobody's concern.
        let before = entries.prefix { $0.kind != "flow.failed" }.filter { $0.kind == "flow.callback" }
        guard let problem = before.last?.details["problem"]?.stringValue else {
            return "There was no document to go on with"
        }
        return "Your server gave no document to go on with (\(problem))"
    }
}
