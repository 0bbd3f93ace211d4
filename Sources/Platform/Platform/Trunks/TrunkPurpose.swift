/// Whose calls a trunk takes.
package enum TrunkPurpose: String, Sendable, CaseIterable {
    /// Those of live workspaces.
    case live
    /// Those of test keys: a sandbox carrier.
    case test
    /// Both: the sandbox of a developer's own machine.
    case any
}
