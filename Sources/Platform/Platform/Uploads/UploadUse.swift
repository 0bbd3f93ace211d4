/// What a workspace's uploads take up, and what they may.
///
/// They cost nothing: the price is for recordings. A limit stands in its place.
package struct UploadUse: Sendable, Equatable {
    /// Its files, with those that are being written or deleted.
    package let files: Int64
    /// Their bytes.
    package let bytes: Int64
    /// The most files.
    package let maxFiles: Int64
    /// The most bytes of them together.
    package let maxBytes: Int64

    /// - Throws: `PlatformError` `uploads.too_many` when a file of so many bytes does not fit beside the others.
    func requireRoom(for sizeBytes: Int64) throws(PlatformError) {
        guard files < maxFiles, bytes + sizeBytes <= maxBytes else {
            throw PlatformError(
                .tooManyUploads,
                """
                This file has \(sizeBytes) bytes. The workspace has \(files) files of at most \(maxFiles), which have \(bytes) \
                bytes of at most \(maxBytes). Delete some that no call plays any more: GET /v1/uploads/audio lists them, \
                DELETE /v1/uploads/audio/{id} deletes one.
                """
            )
        }
    }
}
