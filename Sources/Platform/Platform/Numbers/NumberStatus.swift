/// Where a number is in its life. Later issues add the states between.
package enum NumberStatus: String, Sendable {
    /// In the inventory, to be claimed.
    case available
    /// Somebody's, and working.
    case active
    /// Somebody's, and not working: the rental is unpaid.
    case suspended
}
