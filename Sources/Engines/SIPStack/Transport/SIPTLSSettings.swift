/// How connections are encrypted (RFC 3261 section 26.2, RFC 5246 and later: TLS 1.2 at least).
package struct SIPTLSSettings: Sendable {
    /// Where encrypted connections are taken; none are when nil.
    package struct Listener: Sendable {
        /// The address to bind.
        package var host: String
        /// The port; 0 picks a free one.
        package var port: Int
        /// Our certificate and those it rests on, PEM.
        package var certificateFile: String
        /// Its private key, PEM.
        package var keyFile: String

        /// Makes a listener.
        package init(host: String, port: Int, certificateFile: String, keyFile: String) {
            self.host = host
            self.port = port
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// Where encrypted connections are taken; none are when nil.
    package var listener: Listener?
    /// Certificates (PEM) that those we connect to may rest on; the system's when nil.
    package var trustedCertificatesFile: String?

    /// Makes settings for connections of ours only.
    package init() {}
}
