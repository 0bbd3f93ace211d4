/// A request as it came, before anything is made of it.
struct MPesaRequest: Sendable {
    let method: String
    let path: String
    let grantType: String?
    let authorization: String?
    let contentType: String?
    /// nil when it was too long.
    let body: [UInt8]?
}
