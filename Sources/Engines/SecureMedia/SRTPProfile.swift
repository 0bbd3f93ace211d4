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
    package var keyByteCount: Int { cipherKeyByteCount + saltByteCount }

    /// The length of a master salt, which stands behind the key.
    package var saltByteCount: Int { isGCM ? 12 : 14 }

    /// The length of a key of the cipher, master or session.
    var cipherKeyByteCount: Int { self == .aes256GCM ? 32 : 16 }

    /// Whether the cipher authenticates, too.
    var isGCM: Bool { self == .aes128GCM || self == .aes256GCM }

    /// The length of what proves a packet.
    func tagByteCount(_ kind: SRTPPacketKind) -> Int {
        if isGCM { return 16 }
        return self == .aes128CMSHA1Tag32 && kind == .rtp ? 4 : 10
    }
}
