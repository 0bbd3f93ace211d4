/// What a stream tells of itself, in this order.
package enum StreamReport: Sendable, Equatable {
    /// The socket is open, and sound is being sent.
    case started
    /// It went wrong; why, in words for the customer. A stream that had started is stopped right after.
    case error(String)
    /// It is over.
    case stopped(StreamEnd, StreamCounters)
}
