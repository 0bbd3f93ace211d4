/// Why bytes are not a session description.
package enum SDPParseError: Error, Equatable {
    /// Longer than 64 KiB, or more than 64 media descriptions.
    case tooLarge
    /// A line that is not `letter=value`, or a value that cannot be read.
    case malformed(String)
}
