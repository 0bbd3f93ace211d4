import COpenSSL
package import SDPWire

/// A certificate that nobody signed but its own key, ECDSA on P-256: it is known by its fingerprint alone (RFC 8827 section 6.5).
///
/// Unchecked: nothing changes it once it is made, and OpenSSL counts its users atomically.
@safe package final class DTLSCertificate: @unchecked Sendable {
    let certificate: OpaquePointer
    let key: OpaquePointer
    /// What our descriptions say of it.
    package let fingerprint: CertificateFingerprint

    private static let day = 86_400
    private static let daysValid = 30

    /// Makes a key and a certificate.
    ///
    /// - Throws: `DTLSFault.unavailable`.
    package init() throws(DTLSFault) {
        guard let key = unsafe openssl_make_p256_key() else { throw .unavailable }
        guard let certificate = unsafe X509_new() else {
            unsafe EVP_PKEY_free(key)
            throw .unavailable
        }
        guard unsafe Self.fill(certificate, key), let fingerprint = unsafe Self.fingerprint(certificate, .sha256) else {
            unsafe X509_free(certificate)
            unsafe EVP_PKEY_free(key)
            throw .unavailable
        }
        unsafe self.certificate = unsafe certificate
        unsafe self.key = unsafe key
        self.fingerprint = fingerprint
    }

    deinit {
        unsafe X509_free(certificate)
        unsafe EVP_PKEY_free(key)
    }

    /// Version 3, a random number, and a name that tells nothing.
    private static func fill(_ certificate: OpaquePointer, _ key: OpaquePointer) -> Bool {
        let name = unsafe X509_get_subject_name(certificate)
        let text = Array("sautikit".utf8)
        return unsafe X509_set_version(certificate, 2) == 1
            && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), .random(in: 1 ... .max)) == 1
            // Clocks differ.
            && X509_gmtime_adj(X509_getm_notBefore(certificate), -day) != nil
            && X509_gmtime_adj(X509_getm_notAfter(certificate), day * daysValid) != nil
            && X509_NAME_add_entry_by_txt(name, "CN", V_ASN1_UTF8STRING, text, Int32(text.count), -1, 0) == 1
            && X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1
            && X509_sign(certificate, key, EVP_sha256()) > 0
    }

    static func fingerprint(
        _ certificate: OpaquePointer,
        _ algorithm: CertificateFingerprint.Algorithm
    ) -> CertificateFingerprint? {
        var bytes = [UInt8](repeating: 0, count: algorithm.byteCount)
        var count = UInt32(0)
        let digest =
            switch algorithm {
            case .sha256: unsafe EVP_sha256()
            case .sha384: unsafe EVP_sha384()
            case .sha512: unsafe EVP_sha512()
            }
        guard unsafe X509_digest(certificate, digest, &bytes, &count) == 1, count == UInt32(bytes.count) else {
            return nil
        }
        return CertificateFingerprint(algorithm, bytes)
    }
}
