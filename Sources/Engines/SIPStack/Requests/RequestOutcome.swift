package import SIPWire

/// What came of a request.
package struct RequestOutcome: Sendable {
    /// How it ended.
    package enum Result: Sendable {
        /// The final response.
        case response(SIPResponse)
        /// Nobody answered in time.
        case timeout
        /// It could not be sent, or the host not be resolved.
        case transport
    }

    /// How it ended.
    package let result: Result
    /// The number of the last attempt; the next request of its Call-ID needs a higher one.
    package let number: UInt32
    /// The way that the response came by; nil when there was none.
    package let flow: SIPFlow?

    /// The final response's status; nil when there was none.
    package var status: Int? {
        guard case .response(let response) = result else { return nil }
        return response.status
    }
}
