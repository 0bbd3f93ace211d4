/// Where a number is in its life.
package enum NumberStatus: String, Sendable, CaseIterable {
    /// In the inventory, to be claimed by anybody.
    case available
    /// Kept for one workspace, which alone may claim it.
    case reserved
    /// Somebody's, and working.
    case active
    /// Somebody's, and not working: the operator stopped it, or the rental is unpaid.
    case suspended
    /// Between two carriers: on its way in, or on its way out and working until it has left.
    case porting
    /// Was somebody's; the inventory has the number again under another id, unless it was ported away.
    case released
}
