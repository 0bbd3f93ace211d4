/// Which voices of a leg are heard.
package enum MediaTrack: Sendable {
    /// What the peer says.
    case inbound
    /// What the peer hears.
    case outbound
    /// Both, added up.
    case both
}
