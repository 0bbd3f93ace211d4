package import Platform

/// What uploads need of the server.
package struct UploadServices: Sendable {
    /// Where their files are.
    package let store: any UploadStore
    /// What looks at them.
    package let inspector: any AudioInspector

    /// Puts them together.
    package init(store: any UploadStore, inspector: any AudioInspector) {
        self.store = store
        self.inspector = inspector
    }
}
