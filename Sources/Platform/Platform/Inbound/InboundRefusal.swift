/// Why a call that comes in is not taken.
package enum InboundRefusal: Sendable, Equatable {
    /// It comes from nobody we know.
    case unknownTrunk
    /// The number is nobody's.
    case unknownNumber
    /// The number, its workspace or its wallet cannot take calls now.
    case unavailable
    /// As above, or its owner has as many calls as may be; the operator wants the caller to hear a busy line.
    case busy

    /// The final response (RFC 3261 section 21.4).
    package var sipStatus: Int {
        switch self {
        case .unknownTrunk: 403
        case .unknownNumber: 404
        case .unavailable: 480
        case .busy: 486
        }
    }

    var cause: HangupCause {
        switch self {
        case .unknownTrunk: .callRejected
        case .unknownNumber: .unallocatedNumber
        case .unavailable: .callRejected
        case .busy: .userBusy
        }
    }
}
