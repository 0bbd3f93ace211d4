/// Where files are kept for good: a folder, or anything that speaks S3. Names are paths below its root, such as
/// `recordings/2026/06/27/call_….wav`.
///
/// Reached through `ObjectVault`, which encrypts what its names say.
package protocol ObjectStore: Sendable {
    /// Stores bytes whole or not at all; what had the name before is replaced.
    ///
    /// - Throws: `ObjectFailure`, or what reading the bytes throws.
    func put(_ bytes: ObjectBytes, as name: String) async throws

    /// How many bytes a file has; nil when there is none.
    ///
    /// - Throws: `ObjectFailure`.
    func size(of name: String) async throws -> Int64?

    /// Opens a file, or the part of it that is within `range`.
    ///
    /// - Throws: `ObjectFailure`; `.missing` when there is none. What breaks later is thrown where the bytes are read.
    func read(_ name: String, _ range: Range<Int64>?) async throws -> ObjectBytes

    /// Deletes a file for good; one that is not there is deleted already.
    ///
    /// - Throws: `ObjectFailure`.
    func delete(_ name: String) async throws
}
