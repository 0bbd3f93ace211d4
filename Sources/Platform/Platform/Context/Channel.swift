/// The names under which a commit wakes those who wait for it.
package enum Channel {
    /// A key or workspace changed: cached principals are stale.
    package static let keys = "keys"
    /// A voice node has something to do.
    package static let voice = "voice"
    /// A webhook is due.
    package static let deliveries = "deliveries"
}
