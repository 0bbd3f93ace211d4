package import SIPStack

/// A certificate of its own for a name or an address, on files.
package final class TestCertificate: Sendable {
    private let folder: TemporaryFolder

    /// The certificate's file, which is also what to trust.
    package var certificate: String { folder.path("certificate.pem") }
    /// Its key's file.
    package var key: String { folder.path("key.pem") }

    /// Makes a certificate for a subject alternative name, `DNS:a.test` or `IP:127.0.0.1`.
    ///
    /// - Throws: `CommandError`.
    package init(_ subject: String) async throws {
        folder = try TemporaryFolder("tls")
        try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=sip", "-addext", "subjectAltName=\(subject)", "-keyout", folder.path("key.pem"),
                "-out", folder.path("certificate.pem"),
            ]
        )
    }

    /// Where connections are taken that see it.
    package func listener() -> SIPTLSSettings.Listener {
        SIPTLSSettings.Listener(host: "127.0.0.1", port: 0, certificateFile: certificate, keyFile: key)
    }
}
