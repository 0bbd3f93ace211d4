/// Why an `a=crypto` line cannot be used.
package enum CryptoFault: Error, Equatable {
    /// It is longer than any line we could use.
    case tooLong
    /// It does not have the form of RFC 4568 section 9.1, or a number in it is out of its range.
    case malformed
    /// It names a suite that we do not have.
    case unknownSuite
    /// It has several keys, or a key with a master key identifier, which then stands in each packet: we keep one key for each way.
    case keyIdentifier
    /// The key is not base64, or not as long as its suite wants.
    case wrongKey
    /// It has a parameter that changes what packets look like and may not be ignored (RFC 4568 section 6.3.7).
    case parameter
}
