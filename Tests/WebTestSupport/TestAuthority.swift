import Foundation
package import OutboundHTTP
import TestSupport

/// A certificate authority of a test, which no system trusts.
package struct TestAuthority: Sendable {
    /// What a server shows, in PEM.
    package struct Identity: Sendable {
        /// The path of its certificate.
        package let certificate: String
        /// The path of that certificate's private key.
        package let key: String
        /// Both are there for as long as this is.
        fileprivate let folder: TemporaryFolder
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]

    private let folder: TemporaryFolder

    /// Makes an authority.
    ///
    /// - Throws: `CommandError` when openssl is missing.
    package init() async throws {
        folder = try TemporaryFolder("authority")
        try await Command.run(
            "openssl",
            ["req", "-x509", "-subj", "/CN=Test authority", "-keyout", folder.path("ca.key"), "-out", certificate]
                + Self.newKey
        )
    }

    /// The path of its own certificate, in PEM: what is trusted.
    package var certificate: String { folder.path("ca.pem") }

    /// It, beside the system's.
    package func trusted() throws -> CertificateAuthorities {
        try CertificateAuthorities(file: certificate)
    }

    /// Makes a certificate that rests on this authority.
    ///
    /// - Parameter names: as `subjectAltName` has them: `DNS:hooks.example.com,IP:127.0.0.1`.
    package func identity(for names: String) async throws -> Identity {
        let name = UUID().uuidString
        let identity = Identity(
            certificate: folder.path("\(name).pem"),
            key: folder.path("\(name).key"),
            folder: folder
        )
        try await Command.run(
            "openssl",
            [
                "req", "-x509", "-CA", certificate, "-CAkey", folder.path("ca.key"), "-subj", "/CN=server", "-addext",
                "subjectAltName=\(names)", "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", identity.key,
                "-out", identity.certificate,
            ] + Self.newKey
        )
        return identity
    }
}
