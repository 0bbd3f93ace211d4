/// Who begins the handshake (RFC 4145 section 4, RFC 8842 section 5).
package enum DTLSSetup: String, Sendable {
    /// The describer.
    case active
    /// The other side.
    case passive
    /// Whoever the other side likes.
    case actpass

    /// What we answer; nil for what the other side may not have meant.
    ///
    /// - Parameter wanted: what we like when the choice is ours; `actpass` is none.
    func answered(wanted: DTLSSetup) -> DTLSSetup? {
        switch self {
        case .active: .passive
        case .passive: .active
        case .actpass: wanted == .actpass ? nil : wanted
        }
    }
}
