import Platform
import SIPStack

/// One side of a call as a value. An outbound one: routes tried one after another, then ringing, answered and over. An inbound
/// one: offered, answered or refused, and over.
struct CallLeg: Sendable {
    private enum State {
        case idle, trying, offered, answered, over
    }

    private var state = State.idle
    private var routes: [CallRoute] = []
    private var route: CallRoute?
    private var isRinging = false
    private var hasEarlyMedia = false
    private var isIncoming = false
    /// Why we are hanging up, once we are.
    private var wanted: HangupCause?

    /// Whether nothing can follow.
    var isOver: Bool { state == .over }

    mutating func handle(_ event: LegEvent) -> [LegAction] {
        switch (state, event) {
        case (.idle, .dial(let routes)):
            self.routes = routes
            return tryNext(after: nil)
        case (.idle, .offered):
            state = .offered
            isIncoming = true
            return [.ring]
        case (.offered, _): return offered(event)
        case (.idle, .noMediaPort): return settle(.noMediaPort)
        case (.idle, .hangUp(let cause)): return settle(cause)
        case (.trying, .provisional(let status, let hasEarlyMedia)): return provisional(status, hasEarlyMedia)
        case (.trying, .answered):
            state = .answered
            // Answered while our hang-up was on its way: it was answered, and ends at once.
            return [.note("sip.answered", routePayload, .answered)] + (wanted == nil ? [.connect] : [])
        case (.trying, .incompatible):
            wanted = .incompatibleDestination
            return [.note("sip.incompatible", routePayload, nil), .hangUp(.incompatibleDestination)]
                + settle(.incompatibleDestination)
        case (.trying, .failed(let failure)): return failed(failure)
        case (.trying, .hangUp(let cause)), (.answered, .hangUp(let cause)):
            guard wanted == nil else { return [] }
            wanted = cause
            return [.hangUp(cause)]
        case (.answered, .silence): return handle(.hangUp(.mediaTimeout))
        case (.answered, .ended(let end)): return ended(end)
        default: return []
        }
    }

    private mutating func offered(_ event: LegEvent) -> [LegAction] {
        switch event {
        case .answer:
            state = .answered
            return [.answer, .note("sip.answered", [:], .answered), .connect]
        case .refuse(let status, let cause): return refuse(status, cause)
        case .incompatible: return refuse(488, .incompatibleDestination)
        case .noMediaPort: return refuse(503, .noMediaPort)
        case .hangUp(let cause): return refuse(480, cause)
        case .failed(.canceled): return [.note("sip.canceled", [:], nil)] + settle(.originatorCancel, 487)
        case .failed: return [.note("sip.failed", ["reason": "caller_lost"], nil)] + settle(.networkOutOfOrder)
        default: return []
        }
    }

    private mutating func refuse(_ status: Int, _ cause: HangupCause) -> [LegAction] {
        let payload: JSONValue = ["status": .integer(Int64(status)), "reason": .string(cause.rawValue)]
        return [.refuse(status: status), .note("sip.refused", payload, nil)] + settle(cause, status)
    }

    /// The first 18x is ringing; the first that describes media is early media. Others repeat what is known.
    private mutating func provisional(_ status: Int, _ describesMedia: Bool) -> [LegAction] {
        let isNews = describesMedia ? !hasEarlyMedia : !isRinging && !hasEarlyMedia
        guard isNews else { return [] }
        isRinging = true
        hasEarlyMedia = hasEarlyMedia || describesMedia
        let payload: JSONValue = ["trunk": JSONValue(route?.name), "status": .integer(Int64(status))]
        return [.note(describesMedia ? "sip.early_media" : "sip.ringing", payload, .alerting)]
    }

    private mutating func failed(_ failure: SessionFailure) -> [LegAction] {
        let verdict = FailureVerdict(failure)
        var payload: [JSONMember] = [
            JSONMember("trunk", JSONValue(route?.name)), JSONMember("reason", .string(verdict.cause.rawValue)),
        ]
        if let status = verdict.status { payload.append(JSONMember("status", .integer(Int64(status)))) }
        if let q850 = verdict.q850 { payload.append(JSONMember("q850", .integer(Int64(q850)))) }
        let note = LegAction.note("sip.failed", .object(payload), nil)
        let isOneLeft = routes.first?.isWorthTrying(after: verdict) == true
        if isOneLeft, wanted == nil { return [note] + tryNext(after: verdict) }
        return [note] + settle(wanted ?? verdict.cause, verdict.status)
    }

    private mutating func ended(_ end: SessionEnd) -> [LegAction] {
        let (name, q850): (String, Int?) =
            switch end {
            case .remoteBye(let q850): (isIncoming ? "caller_hung_up" : "callee_hung_up", q850)
            case .localBye: ("we_hung_up", wanted?.q850)
            case .expired: ("session_expired", nil)
            case .noAcknowledgement: ("not_acknowledged", nil)
            }
        var payload = [JSONMember("reason", .string(name))]
        if let route { payload.insert(JSONMember("trunk", .string(route.name)), at: 0) }
        if let q850 { payload.append(JSONMember("q850", .integer(Int64(q850)))) }
        return [.note("sip.ended", .object(payload), nil)] + settle(wanted ?? Self.cause(of: end))
    }

    private mutating func tryNext(after last: FailureVerdict?) -> [LegAction] {
        guard !routes.isEmpty else { return settle(last?.cause ?? .noTrunk, last?.status) }
        let next = routes.removeFirst()
        route = next
        state = .trying
        isRinging = false
        hasEarlyMedia = false
        return [.note("sip.invite", routePayload, nil), .invite(next)]
    }

    private mutating func settle(_ cause: HangupCause, _ status: Int? = nil) -> [LegAction] {
        state = .over
        return [.settle(cause, sipStatus: status)]
    }

    private var routePayload: JSONValue {
        let name = JSONMember("trunk", JSONValue(route?.name))
        return .object(route?.isSecured == true ? [name, JSONMember("srtp", true)] : [name])
    }

    private static func cause(of end: SessionEnd) -> HangupCause {
        switch end {
        case .remoteBye(let q850): q850.flatMap { HangupCause(q850: $0) } ?? .normalClearing
        case .localBye: .normalClearing
        case .expired, .noAcknowledgement: .recoveryOnTimerExpire
        }
    }
}
