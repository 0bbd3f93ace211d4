/// How a telephone reaches the server, and as whom.
struct TelephoneAccount: Sendable {
    let username: String
    let password: String
    /// The server, or the proxy in front of it.
    let host: String
    let port: Int
    let transport: String
    /// The only law that it speaks: `PCMA` or `PCMU`.
    let law: String
    /// The file with the certificate that it trusts.
    let certificate: String
    /// Whether it takes encrypted sound alone (SDES, RFC 4568).
    let isEncrypted: Bool
}
