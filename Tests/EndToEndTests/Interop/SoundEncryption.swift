/// How a telephone encrypts its sound; it takes no other then.
enum SoundEncryption: String, Sendable {
    /// With keys in what it signals (RFC 4568).
    case sdes = "SDES"
    /// With keys of a handshake beside its sound, without ICE (RFC 5763).
    case dtls = "DTLS"
}
