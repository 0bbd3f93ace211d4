/// Which way a call goes, seen from the workspace.
package enum CallDirection: String, Sendable, CaseIterable {
    /// To a number of the workspace.
    case inbound
    /// From a number of the workspace.
    case outbound
}
