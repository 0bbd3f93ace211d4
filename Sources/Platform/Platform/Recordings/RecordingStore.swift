/// Where the files of recordings are.
package protocol RecordingStore: Sendable {
    /// Deletes files for good; one that is not there is deleted already.
    ///
    /// - Parameter names: paths below the recordings folder.
    /// - Throws: what stands against it; then some may be deleted.
    func remove(_ names: [String]) async throws
}
