import COpenSSL

/// What all handshakes with one certificate have in common: DTLS 1.2, forward secrecy, and both ways to protect packets.
///
/// Unchecked: nothing changes it once it is made, and OpenSSL counts its users atomically.
@safe package final class DTLSContext: @unchecked Sendable {
    let handle: OpaquePointer
    /// What we show.
    package let certificate: DTLSCertificate

    /// RFC 8827 section 6.5 wants the first; the others are what other peers have.
    private static let ciphers = """
        ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:\
        ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:\
        ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-SHA
        """
    private static let groups = "X25519:P-256:P-384"
    /// The cheaper one first: we choose when the peer begins.
    private static let profiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80"

    /// Makes a context.
    ///
    /// - Throws: `DTLSFault.unavailable`.
    package init(_ certificate: DTLSCertificate) throws(DTLSFault) {
        guard let handle = unsafe SSL_CTX_new(DTLS_method()) else { throw .unavailable }
        unsafe self.handle = unsafe handle
        self.certificate = certificate
        unsafe openssl_set_options(handle)
        guard unsafe openssl_set_versions(handle, DTLS1_2_VERSION) == 1,
            unsafe SSL_CTX_set_cipher_list(handle, Self.ciphers) == 1,
            unsafe openssl_set_groups(handle, Self.groups) == 1,
            unsafe SSL_CTX_use_certificate(handle, certificate.certificate) == 1,
            unsafe SSL_CTX_use_PrivateKey(handle, certificate.key) == 1,
            // Here 0 is good.
            unsafe SSL_CTX_set_tlsext_use_srtp(handle, Self.profiles) == 0
        else { throw .unavailable }
        unsafe SSL_CTX_set_verify(handle, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        unsafe SSL_CTX_set_cert_verify_callback(handle, { chain, _ in unsafe DTLSConnection.verify(chain) }, nil)
    }

    deinit { unsafe SSL_CTX_free(handle) }
}
