/// The limits of calling customers' servers, each with its default.
package struct OutboundSettings: Sendable {
    /// How long a connection may take to be made; default 5 s.
    package var connectTimeout: Duration = .seconds(5)
    /// Connections under way at once to one host and port; default 32.
    package var maxConcurrentPerHost = 32
    /// HTTP clients kept, one for each host and address; default 256.
    package var maxClients = 256
    /// Bytes of an answer's headers, names and values; default 32,768.
    package var maxHeaderBytes = 32_768
    /// What requests call themselves that do not say so; default `Sautikit/1.0`.
    package var userAgent = "Sautikit/1.0"

    /// Whom servers may rest on beside the system's authorities; default nobody.
    package var authorities = CertificateAuthorities.none

    /// Makes the default limits.
    package init() {}
}
