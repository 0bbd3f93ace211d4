import NIOSSL

extension OutboundFailure {
    /// What is wrong with a server's TLS in words that its developer understands; the library's own when it is nothing common.
    static func words(tls error: any Error) -> String {
        let text = String(describing: error)
        return causes.first { text.contains($0.sign) }?.words ?? String(text.prefix(200))
    }

    /// What the library says, and what it means.
    private static let causes: [(sign: String, words: String)] = [
        ("CERTIFICATE_VERIFY_FAILED", "the server's certificate has run out, or rests on no authority that is trusted"),
        ("failedToValidateHostname", "the server's certificate is for another name"),
        ("unableToValidateCertificate", "the server's certificate is not valid"),
        ("WRONG_VERSION_NUMBER", "the server does not speak TLS at this port"),
        ("UNSUPPORTED_PROTOCOL", "the server speaks only versions of TLS before 1.2"),
        ("PROTOCOL_VERSION", "the server speaks only versions of TLS before 1.2"),
        ("uncleanShutdown", "the server broke the encrypted connection off"),
    ]
}
