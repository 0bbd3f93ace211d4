/// Which way numbers move.
package enum PortDirection: String, Sendable, CaseIterable {
    /// From another carrier to us.
    case `in`
    /// From us to another carrier.
    case out
}
