import SIPWire

/// Session timers (RFC 4028) as a value: who refreshes, and when.
struct SessionTimer: Sendable {
    /// What to do, and when.
    enum Plan: Equatable {
        /// We refresh after this.
        case refresh(after: Duration)
        /// The peer refreshes; without one the call is over after this.
        case expire(after: Duration)
    }

    private(set) var interval: Duration = .zero
    private var weRefresh = true

    /// The caller's plan, from the 2xx. A peer without session timers leaves the refreshing to us (section 7.2).
    mutating func plan(asCaller response: SIPResponse, wanted: Duration) -> Plan {
        let granted = response.headers[.sessionExpires].flatMap { SessionExpires($0) }
        interval = granted.map { .seconds($0.seconds) } ?? wanted
        weRefresh = granted?.refresher != .uas
        return plan
    }

    /// The callee's plan, from the INVITE or UPDATE, and what the 2xx says.
    mutating func plan(asCallee request: SIPRequest, wanted: Duration) -> (Plan, SessionExpires) {
        let asked = request.headers[.sessionExpires].flatMap { SessionExpires($0) }
        let supportsTimer = request.headers.has("timer", in: .supported)
        interval = asked.map { .seconds($0.seconds) } ?? wanted
        weRefresh = !supportsTimer || asked?.refresher == .uas
        let header = SessionExpires(
            seconds: Int(interval.components.seconds),
            refresher: weRefresh ? .uas : .uac
        )
        return (plan, header)
    }

    /// The plan after a refresh that changed nothing.
    var plan: Plan {
        guard weRefresh else {
            // The side that does not refresh gives up a little before the end (section 10).
            return .expire(after: interval - min(.seconds(32), interval / 3))
        }
        return .refresh(after: interval / 2)
    }
}
