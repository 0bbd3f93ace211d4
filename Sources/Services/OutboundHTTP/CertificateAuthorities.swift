import NIOSSL

/// Authorities whose certificates customers' servers may show, beside those that the system trusts: an operator's own, or a
/// private network's.
package struct CertificateAuthorities: Sendable {
    /// Why a file of certificates cannot be used.
    package struct Fault: Error, CustomStringConvertible {
        /// For the operator.
        package let description: String
    }

    /// The system's alone.
    package static let none = CertificateAuthorities([])

    private let certificates: [NIOSSLCertificate]

    private init(_ certificates: [NIOSSLCertificate]) {
        self.certificates = certificates
    }

    /// Reads certificates in PEM, once: a file that changes is read by the next start.
    ///
    /// - Throws: when the file cannot be read, or holds no certificate.
    package init(file: String) throws(Fault) {
        let found: [NIOSSLCertificate]
        do {
            found = try NIOSSLCertificate.fromPEMFile(file)
        } catch {
            throw Fault(description: "no certificates in PEM can be read there")
        }
        guard !found.isEmpty else { throw Fault(description: "there is no certificate in it") }
        self.init(found)
    }

    /// How connections to customers' servers are encrypted: TLS 1.2 or later (RFC 8996), with a certificate for the host's name.
    var configuration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if !certificates.isEmpty { configuration.additionalTrustRoots = [.certificates(certificates)] }
        return configuration
    }
}
