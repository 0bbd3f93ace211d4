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
    /// How its sound must be encrypted; nil for plain sound.
    let encryption: SoundEncryption?
}
