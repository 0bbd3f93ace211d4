/// Whether a workspace may act.
package enum WorkspaceStatus: String, Sendable {
    /// It may.
    case active
    /// The operator stopped it: it may only read.
    case suspended
}
