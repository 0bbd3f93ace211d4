/// Computes HMAC-SHA1 under one password (RFC 8489 section 9.1.1), by whatever library its owner has.
package protocol STUNAuthenticator {
    /// The bytes of a code.
    ///
    /// - Parameters:
    ///   - header: the first bytes of a message.
    ///   - rest: those that follow.
    ///   - code: gets the 20 bytes of the code.
    func authenticate(
        _ header: UnsafeRawBufferPointer,
        _ rest: UnsafeRawBufferPointer,
        into code: UnsafeMutableRawBufferPointer
    )
}
