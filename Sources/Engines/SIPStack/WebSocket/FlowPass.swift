/// Who is at the other end of a connection, as its gate has found out; the stack carries it and asks nothing of it.
package protocol FlowPass: AnyObject, Sendable {
    /// The connection is closed, or has never come about; called once, on the event loop.
    func connectionClosed()
}
