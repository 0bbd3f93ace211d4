/// Which way media flows, from the describing side (RFC 8866 section 6.7).
package enum Direction: String, Sendable, CaseIterable {
    /// Both ways.
    case sendrecv
    /// The describer only sends.
    case sendonly
    /// The describer only listens.
    case recvonly
    /// Neither.
    case inactive

    /// What the other side answers when it wants both (RFC 3264 section 6.1).
    package var answered: Direction {
        switch self {
        case .sendrecv: .sendrecv
        case .sendonly: .recvonly
        case .recvonly: .sendonly
        case .inactive: .inactive
        }
    }
}
