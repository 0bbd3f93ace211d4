/// Why a call ended that had never been answered.
extension CallStory {
    var unansweredEnd: String {
        switch call.hangupCause {
        case .noMediaPort: return "The server had no port left for the call's sound."
        case .systemShutdown: return "The server was stopped before the call was answered."
        case .incompatibleDestination: return "The two sides have no codec in common."
        case .noTrunk: return "No trunk takes calls to this number."
        default: break
        }
        if let asker { return takenBack(by: asker) }
        if has("sip.canceled") { return "The caller gave up before anybody answered." }
        if let grounds = details("call.refused")?["reason"]?.stringValue { return refused(because: grounds) }
        if has("sip.refused") { return refusedByUs }
        return call.direction == .inbound ? lostWhileRinging : notReached
    }

    private func takenBack(by asker: HangupAsker) -> String {
        switch asker {
        case .request: "A request of yours ended the call before it was answered."
        case .dialler: "The call that dialled this one gave it up before it was answered."
        }
    }

    // MARK: Calls that came in

    /// Before anybody was asked what to do.
    private func refused(because grounds: String) -> String {
        switch InboundGrounds(rawValue: grounds) {
        case .suspended: "The number or its workspace is suspended, so the call was refused."
        case .emptyWallet: "The wallet is empty, so the call was refused."
        case .tooManyCalls: "You had as many calls as you may have at once, so the call was refused."
        case nil: "The call was refused before it was answered."
        }
    }

    private var refusedByUs: String {
        switch last(of: ["flow.no_url", "flow.reject", "flow.finished", "flow.dial_refused", "flow.dial_ended"]) {
        case "flow.no_url": "The number has no voice URL and no telephone is registered, so nobody could take the call."
        case "flow.reject":
            call.hangupCause == .userBusy
                ? "Your document refused the call as busy." : "Your document refused the call."
        case "flow.finished": "Your document had no actions, so the call was refused."
        case "flow.dial_refused":
            "The call was not allowed: \(details("flow.dial_refused")?["message"]?.stringValue ?? "no reason is known.")"
        default: nobodyTookIt
        }
    }

    /// A call that was passed on.
    private var nobodyTookIt: String {
        switch call.hangupCause {
        case .userBusy: "Whoever was rung was busy."
        case .noAnswer: "Nobody answered in time."
        case .callRejected: "Whoever was rung refused the call."
        case .unallocatedNumber: "The number that was called does not exist."
        default: "Whoever was rung could not be reached."
        }
    }

    private var lostWhileRinging: String {
        switch call.hangupCause {
        case .normalTemporaryFailure: "Nobody took the call for too long, and it was closed."
        case .networkOutOfOrder where has("sip.failed"):
            "The connection to the caller was lost before the call was answered."
        default: "The server that ran the call was lost before the call was answered."
        }
    }

    // MARK: Calls that went out

    private var notReached: String {
        guard has("sip.invite") else { return neverDialled }
        guard let failure = details("sip.failed") else {
            return "The server that ran the call was lost before the call was answered."
        }
        let status = failure["status"]?.integer
        let other = failure["trunk"] == "device" ? "device" : "carrier"
        switch call.hangupCause {
        case .userBusy: return "The other side was busy."
        case .noAnswer where status == 480: return "The other side could not be reached, or did not answer."
        case .noAnswer: return "Nobody answered in time."
        case .callRejected where status == nil: return "The \(other) did not accept this server's name and password."
        case .callRejected where status == 603: return "The other side refused the call."
        case .callRejected: return "The \(other) refused the call\(Self.shown(status))."
        case .originatorCancel, .normalClearing: return "The \(other) took the call back before it was answered."
        case .unallocatedNumber: return "The number that was called does not exist."
        case .noRouteDestination where has("sip.host_refused"):
            return "The host of the SIP URI could not be found, or may not be called."
        case .noRouteDestination: return "The \(other) knows no way to this number."
        case .destinationOutOfOrder: return "The other side's network could not reach it."
        case .recoveryOnTimerExpire where status == nil: return "The \(other) did not answer at all."
        case .recoveryOnTimerExpire: return "The other side's network did not answer in time."
        case .networkOutOfOrder where status == nil: return "The \(other) could not be reached."
        case .normalTemporaryFailure: return "The \(other) could not take the call at that moment\(Self.shown(status))."
        default: return "The \(other) failed to place the call\(Self.shown(status))."
        }
    }

    private var neverDialled: String {
        switch call.hangupCause {
        case .originatorCancel: "A request of yours took the call back before it was dialled."
        case .networkOutOfOrder: "The server that had the call was lost before it was dialled."
        default: "This server could not dial the call in time."
        }
    }

    private static func shown(_ status: Int64?) -> String { status.map { " (\($0))" } ?? "" }
}
