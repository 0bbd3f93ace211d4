/// What kind of refusal an error is; each web dialect maps it to a status.
package enum ErrorCategory: Sendable {
    /// The request is wrong and must be changed.
    case invalid
    /// Nobody known is asking.
    case unauthenticated
    /// The asker is known and may not.
    case forbidden
    /// The wallet cannot pay.
    case paymentRequired
    /// There is no such thing, or it belongs to somebody else.
    case notFound
    /// The thing is in a state that does not allow it.
    case conflict
    /// It was there once.
    case gone
    /// The request is larger than allowed.
    case tooLarge
    /// Too many requests.
    case rateLimited
    /// Something that is needed is away for the moment; trying again helps.
    case unavailable
    /// Our own fault.
    case internalFault
}
