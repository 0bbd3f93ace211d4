/// How SRTP packets are encrypted and authenticated (RFC 4568 section 6.2, RFC 7714 section 14.2), in the order in which we
/// offer: the strongest first, which also cost the least.
package enum CryptoSuite: String, Sendable, CaseIterable {
    /// AES in Galois/Counter Mode with a key of 256 bits.
    case aes256GCM = "AEAD_AES_256_GCM"
    /// AES in Galois/Counter Mode with a key of 128 bits.
    case aes128GCM = "AEAD_AES_128_GCM"
    /// AES in counter mode with a tag of 80 bits: what everybody must have.
    case aes128CMSHA1Tag80 = "AES_CM_128_HMAC_SHA1_80"
    /// The same with a tag of 32 bits, which is easier to forge. RTCP has 80 bits all the same.
    case aes128CMSHA1Tag32 = "AES_CM_128_HMAC_SHA1_32"

    /// The length of a master key with its salt.
    package var keyByteCount: Int {
        switch self {
        case .aes128CMSHA1Tag80, .aes128CMSHA1Tag32: 16 + 14
        case .aes128GCM: 16 + 12
        case .aes256GCM: 32 + 12
        }
    }
}
