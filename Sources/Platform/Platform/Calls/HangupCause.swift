/// Why a call ended, by the names that switches have long used, after ITU-T Q.850's causes.
package enum HangupCause: String, Sendable, CaseIterable {
    case normalClearing = "normal_clearing"
    case userBusy = "user_busy"
    case noAnswer = "no_answer"
    case callRejected = "call_rejected"
    case originatorCancel = "originator_cancel"
    case unallocatedNumber = "unallocated_number"
    case noRouteDestination = "no_route_destination"
    case destinationOutOfOrder = "destination_out_of_order"
    case networkOutOfOrder = "network_out_of_order"
    case normalTemporaryFailure = "normal_temporary_failure"
    case incompatibleDestination = "incompatible_destination"
    case recoveryOnTimerExpire = "recovery_on_timer_expire"
    case mediaTimeout = "media_timeout"
    case maxDuration = "max_duration"
    case maxCost = "max_cost"
    case systemShutdown = "system_shutdown"
    case noTrunk = "no_trunk"
    case noMediaPort = "no_media_port"

    /// The cause of a final response to INVITE (RFC 3398 section 8.2.6.1, from SIP to ISUP).
    package init(sipStatus: Int) {
        switch sipStatus {
        case 404, 410, 604: self = .unallocatedNumber
        case 484, 485: self = .noRouteDestination
        case 408, 430, 480: self = .noAnswer
        case 486, 600: self = .userBusy
        case 401, 402, 403, 407, 603: self = .callRejected
        case 415, 488, 606: self = .incompatibleDestination
        case 487: self = .originatorCancel
        case 502: self = .destinationOutOfOrder
        case 503: self = .normalTemporaryFailure
        case 504: self = .recoveryOnTimerExpire
        case 500..<600: self = .networkOutOfOrder
        default: self = .networkOutOfOrder
        }
    }

    /// The cause that a peer named in a `Reason: Q.850` header (RFC 3326); nil for one without a name here.
    package init?(q850 cause: Int) {
        switch cause {
        case 1: self = .unallocatedNumber
        case 2, 3: self = .noRouteDestination
        case 16, 31: self = .normalClearing
        case 17: self = .userBusy
        case 18, 19, 20: self = .noAnswer
        case 21: self = .callRejected
        case 27: self = .destinationOutOfOrder
        case 38: self = .networkOutOfOrder
        case 41: self = .normalTemporaryFailure
        case 88: self = .incompatibleDestination
        case 102: self = .recoveryOnTimerExpire
        default: return nil
        }
    }

    /// The cause to tell a peer in a `Reason` header.
    package var q850: Int {
        switch self {
        case .normalClearing, .originatorCancel, .maxDuration, .maxCost: 16
        case .userBusy: 17
        case .noAnswer: 19
        case .callRejected: 21
        case .unallocatedNumber: 1
        case .noRouteDestination, .noTrunk: 3
        case .destinationOutOfOrder: 27
        case .networkOutOfOrder: 38
        case .normalTemporaryFailure, .systemShutdown, .noMediaPort: 41
        case .incompatibleDestination: 88
        case .recoveryOnTimerExpire, .mediaTimeout: 102
        }
    }

    /// The status of a call that ends this way without having been answered.
    var statusBeforeAnswer: CallStatus {
        switch self {
        case .userBusy: .busy
        case .noAnswer: .noAnswer
        case .originatorCancel, .normalClearing: .canceled
        default: .failed
        }
    }

    /// The word in `call.failed` (facts section 12.3).
    var failureReason: String {
        switch self {
        case .userBusy: "busy"
        case .noAnswer: "no_answer"
        case .callRejected: "rejected"
        case .originatorCancel, .normalClearing: "canceled"
        case .recoveryOnTimerExpire, .mediaTimeout: "timeout"
        case .unallocatedNumber, .noRouteDestination: "invalid_number"
        default: "network_error"
        }
    }
}
