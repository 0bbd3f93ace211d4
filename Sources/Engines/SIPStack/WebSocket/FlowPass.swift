/// Who is at the other end of a connection, as its gate has found out; the stack carries it and asks nothing of it.
package protocol FlowPass: AnyObject, Sendable {
    /// Whether the same peer is at the end of another connection, so that it may go on there with what it has begun here.
    func isSamePeer(as other: any FlowPass) -> Bool

    /// The connection is closed, or has never come about; called once, on the event loop.
    func connectionClosed()
}
