/// What happens to a call, in order, on the event loop.
package enum SessionEvent: Sendable {
    /// A provisional response other than 100; a body is early media's description.
    case provisional(status: Int, body: [UInt8])
    /// The callee answered with this description.
    case answered(body: [UInt8])
    /// The peer acknowledged our answer (incoming calls); a body is its answer to our offer, when its INVITE had none.
    case acknowledged(body: [UInt8])
    /// It was never answered; nothing follows.
    case failed(SessionFailure)
    /// It was answered and is over; nothing follows.
    case ended(SessionEnd)
    /// An INFO request came.
    case info(contentType: String, body: [UInt8])
}
