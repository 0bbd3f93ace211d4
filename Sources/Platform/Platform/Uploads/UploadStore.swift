/// Where uploaded files are. Names are paths below its root.
package protocol UploadStore: Sendable {
    /// Stores a file whole or not at all.
    ///
    /// - Throws: what stands against it.
    func write(_ bytes: [UInt8], as name: String) async throws

    /// All of a file.
    ///
    /// - Throws: what stands against it.
    func read(_ name: String) async throws -> [UInt8]

    /// Deletes a file for good; one that is not there is deleted already.
    ///
    /// - Throws: what stands against it.
    func remove(_ name: String) async throws
}
