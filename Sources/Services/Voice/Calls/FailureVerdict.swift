import Platform
import SIPStack

/// What a failed INVITE means: why, and whether the next trunk may do better. Never when somebody said no.
struct FailureVerdict {
    let cause: HangupCause
    /// The final response's status, when there was one.
    let status: Int?
    /// The cause that its `Reason` header named.
    let q850: Int?
    let isTrunkFault: Bool

    /// The final responses after which another trunk is tried (RFC 3261 sections 21.4 and 21.5).
    private static let trunkFaults: Set<Int> = [408, 480, 500, 502, 503, 504]

    init(_ failure: SessionFailure) {
        switch failure {
        case .status(let status, let q850):
            self.init(Self.cause(status, q850), status, q850, isTrunkFault: Self.trunkFaults.contains(status))
        case .noResponse: self.init(.recoveryOnTimerExpire, isTrunkFault: true)
        case .transport: self.init(.networkOutOfOrder, isTrunkFault: true)
        case .ringTimeout: self.init(.noAnswer)
        case .canceled: self.init(.originatorCancel)
        case .notAuthorised: self.init(.callRejected)
        }
    }

    private init(_ cause: HangupCause, _ status: Int? = nil, _ q850: Int? = nil, isTrunkFault: Bool = false) {
        self.cause = cause
        self.status = status
        self.q850 = q850
        self.isTrunkFault = isTrunkFault
    }

    /// Q.850 knows better than SIP, but for "normal clearing": no caller of ours has hung up, so it says nothing.
    private static func cause(_ status: Int, _ q850: Int?) -> HangupCause {
        guard let named = q850.flatMap({ HangupCause(q850: $0) }), named != .normalClearing else {
            return HangupCause(sipStatus: status)
        }
        return named
    }
}
