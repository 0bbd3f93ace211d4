/// Which of the call's voices a frame is of.
package enum StreamTrack: String, Sendable, CaseIterable {
    /// What the caller says.
    case inbound
    /// What the caller hears.
    case outbound
    /// Both, mixed.
    case mixed
}
