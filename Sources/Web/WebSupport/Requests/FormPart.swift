/// One field of a `multipart/form-data` body.
package struct FormPart: Sendable, Equatable {
    /// The field's name.
    package let name: String
    /// The file's name, for a file.
    package let fileName: String?
    /// What it holds.
    package let content: ArraySlice<UInt8>
}
