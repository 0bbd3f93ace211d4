import CSRTP

/// How packets are encrypted and authenticated: what SDES names by a crypto suite (RFC 4568, RFC 7714 section 14.2), and DTLS-SRTP
/// by a number (RFC 5764 section 4.1.2).
package enum SRTPProfile: UInt16, Sendable, CaseIterable {
    /// AES in counter mode with a tag of 80 bits.
    case aes128CMSHA1Tag80 = 0x0001
    /// The same with a tag of 32 bits; RTCP's has 80.
    case aes128CMSHA1Tag32 = 0x0002
    /// AES in Galois/Counter Mode with a key of 128 bits (RFC 7714).
    case aes128GCM = 0x0007
    /// AES in Galois/Counter Mode with a key of 256 bits (RFC 7714).
    case aes256GCM = 0x0008

    /// The length of a master key with its salt.
    package var keyByteCount: Int {
        let profile = library
        return Int(srtp_profile_get_master_key_length(profile) + srtp_profile_get_master_salt_length(profile))
    }

    /// The length of a master salt, which stands behind the key.
    package var saltByteCount: Int { Int(srtp_profile_get_master_salt_length(library)) }

    /// What the library calls it.
    var library: srtp_profile_t { srtp_profile_t(rawValue: UInt32(rawValue)) }
}
