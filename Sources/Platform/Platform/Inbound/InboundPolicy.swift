/// What an operator wants of calls to somebody who should not get any.
package enum InboundPolicy: String, Sendable, CaseIterable {
    /// Take them all the same.
    case accept
    /// Say that nobody is there: 480.
    case reject
    /// Say that the line is busy: 486.
    case busy

    var refusal: InboundRefusal? {
        switch self {
        case .accept: nil
        case .reject: .unavailable
        case .busy: .busy
        }
    }
}
