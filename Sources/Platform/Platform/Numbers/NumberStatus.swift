/// Where a number is in its life.
package enum NumberStatus: String, Sendable, CaseIterable {
    /// In the inventory, to be claimed.
    case available
    /// Somebody's, and working.
    case active
    /// Somebody's, and not working: the rental is unpaid.
    case suspended
    /// Was somebody's; the inventory has the number again under another id.
    case released
}
