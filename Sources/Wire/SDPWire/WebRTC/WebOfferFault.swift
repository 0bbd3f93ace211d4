/// Why a description of a browser cannot be agreed to.
package enum WebOfferFault: Error, Equatable {
    /// It has no stream of audio over DTLS, or refuses the one it was offered.
    case noAudio
    /// It has no codec of ours.
    case noCodec
    /// It wants a port of its own for reports; we have one for all.
    case noMultiplexing
    /// It has ICE without its credentials, or wrong ones; or neither ICE nor an address.
    case noCredentials
    /// It has no fingerprint of a certificate that we believe in, or does not say who begins the handshake.
    case noFingerprint
    /// Both sides would wait for checks.
    case bothLite
}
