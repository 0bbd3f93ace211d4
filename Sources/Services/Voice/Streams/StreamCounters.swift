/// What went through a stream.
package struct StreamCounters: Sendable, Equatable {
    /// Frames that were to be sent, those dropped later among them.
    package var framesSent = 0
    /// Frames that were lost on our side or dropped because the server takes them too slowly.
    package var framesDropped = 0
    /// Messages that came.
    package var messagesReceived = 0
    /// Sound that came.
    package var soundReceived: Duration = .zero
    /// Messages that nobody understands.
    package var faults = 0

    /// Makes counters of nothing.
    package init() {}
}
