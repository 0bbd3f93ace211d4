/// Which way sound flows, seen from our side (RFC 3264 section 5.1).
package enum MediaDirection: Sendable {
    /// Both ways.
    case sendrecv
    /// We send; what comes is not heard.
    case sendonly
    /// We hear; nothing is sent.
    case recvonly
    /// Neither.
    case inactive

    /// Whether we send.
    package var sends: Bool { self == .sendrecv || self == .sendonly }
    /// Whether what comes is heard.
    package var receives: Bool { self == .sendrecv || self == .recvonly }
}
