/// Why there are no keys.
package enum DTLSFault: Error, Equatable {
    /// OpenSSL does not work here.
    case unavailable
    /// The peer has shown a certificate that it had not announced, or none.
    case wrongFingerprint
    /// The peer knows no way to protect packets that we know.
    case noProfile
    /// The peer is silent: the last flight was sent as often as makes sense.
    case timedOut
    /// The peer broke off, or the two have nothing in common.
    case refused
}
