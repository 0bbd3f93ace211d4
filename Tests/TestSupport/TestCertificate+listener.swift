package import SIPStack

extension TestCertificate {
    /// Where SIP over TLS is taken by who shows it, on a free port of loopback.
    package func listener() -> SIPTLSSettings.Listener {
        SIPTLSSettings.Listener(host: "127.0.0.1", port: 0, certificateFile: file, keyFile: keyFile)
    }
}
