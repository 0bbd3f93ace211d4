/// Computes HMAC-SHA1 under one password (RFC 8489 section 9.1.1), by whatever library its owner has.
package protocol STUNAuthenticator {
    /// Computes a code; false when the library fails, which makes whatever it was for unsigned.
    ///
    /// - Parameters:
    ///   - header: the first bytes of a message.
    ///   - rest: those that follow.
    ///   - code: gets the 20 bytes of the code.
    func authenticate(
        _ header: UnsafeRawBufferPointer,
        _ rest: UnsafeRawBufferPointer,
        into code: UnsafeMutableRawBufferPointer
    ) -> Bool
}
