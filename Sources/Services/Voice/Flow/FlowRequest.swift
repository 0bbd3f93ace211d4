import Platform

/// A document that the flow wants, and why.
struct FlowRequest: Sendable, Equatable {
    enum Reason: Sendable, Equatable {
        /// The call begins: it rings, or has been answered.
        case begin
        /// Keys were pressed.
        case digits(String)
        /// A `redirect` was met.
        case redirect
        /// A dial is over.
        case dialEnded(DialResult)
        /// A recording is over; the keys that ended it.
        case recorded(RecordResult)
        /// Something became of a stream; the answer changes nothing.
        case stream(StreamAction.StatusEvent, id: String, problem: String?)
        /// Keys were pressed in a conference that collects them; the answer changes nothing.
        case digitsCollected(String, conference: String)
        /// The call is over; the answer changes nothing.
        case ended
    }

    /// Where; the call's own voice URL when nil.
    let url: String?
    let method: CallbackMethod
    let reason: Reason

    init(_ reason: Reason, url: String? = nil, method: CallbackMethod = .post) {
        self.url = url
        self.method = method
        self.reason = reason
    }
}
