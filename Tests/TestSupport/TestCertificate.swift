/// A certificate that nobody but itself has signed, and its key, in files that are there as long as this is.
package struct TestCertificate: Sendable {
    private let folder: TemporaryFolder

    /// The certificate's file, in PEM.
    package var file: String { folder.path("certificate.pem") }
    /// The key's file, in PEM.
    package var keyFile: String { folder.path("key.pem") }

    /// Makes a certificate and its key.
    ///
    /// - Parameter subjects: whom it is for (RFC 5280 section 4.2.1.6): `DNS:localhost`, `IP:127.0.0.1`.
    /// - Throws: `CommandError`.
    package init(_ subjects: String...) async throws {
        folder = try TemporaryFolder("certificate")
        try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=\(subjects.joined(separator: ","))", "-keyout",
                keyFile, "-out", file,
            ]
        )
    }
}
