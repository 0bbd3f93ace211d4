/// Why a registration is refused.
package enum RegisterRefusal: Error, Sendable, Equatable {
    /// It is to expire too soon; the shortest time that is granted. 423.
    case tooBrief(minimum: Duration)
    /// A newer one has been heard. 500 (RFC 3261 section 10.3, step 7).
    case outOfOrder
    /// The credential has as many contacts as it may. 403.
    case tooMany
    /// The credential has been revoked since. 403.
    case gone

    /// The final response.
    package var sipStatus: Int {
        switch self {
        case .tooBrief: 423
        case .outOfOrder: 500
        case .tooMany, .gone: 403
        }
    }
}
