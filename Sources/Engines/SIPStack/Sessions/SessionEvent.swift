/// What happens to a call, in order, on the event loop.
package enum SessionEvent: Sendable {
    /// A provisional response other than 100; a body is early media's description.
    case provisional(status: Int, body: [UInt8])
    /// The callee answered with this description.
    case answered(body: [UInt8])
    /// The peer acknowledged our answer to its INVITE (incoming calls), or to one within the call that had no offer; a
    /// body is its answer to our offer.
    case acknowledged(body: [UInt8])
    /// The peer answered the description that we repeated to refresh the call.
    case refreshed(body: [UInt8])
    /// It was never answered; nothing follows.
    case failed(SessionFailure)
    /// It was answered and is over; nothing follows.
    case ended(SessionEnd)
    /// An INFO request came.
    case info(contentType: String, body: [UInt8])
}
