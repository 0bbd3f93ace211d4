/// The workspace that a sandbox begins with.
package struct FirstWorkspace: Sendable, Equatable {
    /// The workspace, as a UUID.
    package let id: String
    /// Its key's secret.
    package let apiKey: String
}
