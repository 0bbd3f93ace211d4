import Platform
import SIPStack

/// An outbound call as a value: trunks tried one after another, then ringing, answered and over.
struct CallLeg: Sendable {
    private enum State {
        case idle, trying, answered, over
    }

    private var state = State.idle
    private var trunks: [Trunk] = []
    private var trunk: Trunk?
    private var isRinging = false
    /// Why we are hanging up, once we are.
    private var wanted: HangupCause?

    /// Whether nothing can follow.
    var isOver: Bool { state == .over }

    mutating func handle(_ event: LegEvent) -> [LegAction] {
        switch (state, event) {
        case (.idle, .dial(let trunks)):
            self.trunks = trunks
            return tryNext(after: nil)
        case (.idle, .noMediaPort): return settle(.noMediaPort)
        case (.idle, .hangUp(let cause)): return settle(cause)
        case (.trying, .provisional(let status, let hasEarlyMedia)): return provisional(status, hasEarlyMedia)
        case (.trying, .answered):
            state = .answered
            return [.note("sip.answered", trunkPayload, .answered), .connect]
        case (.trying, .incompatible):
            wanted = .incompatibleDestination
            return [.note("sip.incompatible", trunkPayload, nil), .hangUp(.incompatibleDestination)]
                + settle(.incompatibleDestination)
        case (.trying, .failed(let failure)): return failed(failure)
        case (.trying, .hangUp(let cause)), (.answered, .hangUp(let cause)):
            guard wanted == nil else { return [] }
            wanted = cause
            return [.hangUp(cause)]
        case (.answered, .ended(let end)): return settle(wanted ?? Self.cause(of: end))
        default: return []
        }
    }

    private mutating func provisional(_ status: Int, _ hasEarlyMedia: Bool) -> [LegAction] {
        let payload: JSONValue = ["status": .integer(Int64(status)), "early_media": .bool(hasEarlyMedia)]
        defer { isRinging = true }
        return isRinging && !hasEarlyMedia
            ? [] : [.note(hasEarlyMedia ? "sip.early_media" : "sip.ringing", payload, .alerting)]
    }

    private mutating func failed(_ failure: SessionFailure) -> [LegAction] {
        let (cause, status, isTrunkFault) = Self.verdict(failure)
        var payload: [JSONMember] = [
            JSONMember("trunk", JSONValue(trunk?.name)), JSONMember("reason", .string(cause.rawValue)),
        ]
        if let status { payload.append(JSONMember("status", .integer(Int64(status)))) }
        let note = LegAction.note("sip.failed", .object(payload), nil)
        if isTrunkFault, wanted == nil { return [note] + tryNext(after: (cause, status)) }
        return [note] + settle(wanted ?? cause, status)
    }

    private mutating func tryNext(after last: (HangupCause, Int?)?) -> [LegAction] {
        guard !trunks.isEmpty else { return settle(last?.0 ?? .noTrunk, last?.1) }
        let next = trunks.removeFirst()
        trunk = next
        state = .trying
        isRinging = false
        return [.note("sip.invite", trunkPayload, nil), .invite(next)]
    }

    private mutating func settle(_ cause: HangupCause, _ status: Int? = nil) -> [LegAction] {
        state = .over
        return [.settle(cause, sipStatus: status)]
    }

    private var trunkPayload: JSONValue { ["trunk": JSONValue(trunk?.name)] }

    /// The cause of a failure, and whether the next trunk may do better: never when somebody said no.
    private static func verdict(_ failure: SessionFailure) -> (HangupCause, status: Int?, isTrunkFault: Bool) {
        switch failure {
        case .status(let status, let q850):
            let cause = q850.flatMap { HangupCause(q850: $0) } ?? HangupCause(sipStatus: status)
            return (cause, status, [408, 480, 500, 502, 503, 504].contains(status))
        case .noResponse: return (.recoveryOnTimerExpire, nil, true)
        case .transport: return (.networkOutOfOrder, nil, true)
        case .ringTimeout: return (.noAnswer, nil, false)
        case .canceled: return (.originatorCancel, nil, false)
        case .notAuthorised: return (.callRejected, nil, false)
        }
    }

    private static func cause(of end: SessionEnd) -> HangupCause {
        switch end {
        case .remoteBye(let q850): q850.flatMap { HangupCause(q850: $0) } ?? .normalClearing
        case .localBye: .normalClearing
        case .expired, .noAcknowledgement: .recoveryOnTimerExpire
        }
    }
}
