/// What a receiver answered.
struct WebhookAnswer: Sendable {
    let status: Int
    /// The `Location` header.
    let location: String?
    /// The first bytes of the body, for the log.
    let excerpt: String?

    /// Whether it asks for the same request elsewhere (RFC 9110 sections 15.4.8 and 15.4.9).
    var isRedirect: Bool { (status == 307 || status == 308) && location != nil }
}
