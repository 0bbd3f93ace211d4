/// How a payer's number appears in C2B payloads (facts section 6).
package enum MPesaPayerForm: String, Sendable {
    /// Hashed when the URLs were registered by v1, masked by v2.
    case byVersion
    /// SHA-256 of the digits, in hexadecimal.
    case hashed
    /// `2547 ***** 126`.
    case masked
    /// The digits, as before the numbers were hidden.
    case plain
}
