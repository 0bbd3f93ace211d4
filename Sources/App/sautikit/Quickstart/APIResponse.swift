import Platform

/// What the API answered.
struct APIResponse: Sendable {
    let status: Int
    /// By lower-case name.
    let headers: [String: String]
    let body: [UInt8]
    /// The body when it is JSON.
    let json: JSONValue?

    /// For a failed step: the status and the beginning of the body.
    var summary: String {
        let text = String(decoding: body.prefix(300), as: UTF8.self)
        return "HTTP \(status)\(text.isEmpty ? "" : ": \(text)")"
    }
}
