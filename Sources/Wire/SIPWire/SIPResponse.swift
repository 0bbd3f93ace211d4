/// A response (RFC 3261 section 7.2).
package struct SIPResponse: Sendable, Equatable {
    /// 100 to 699.
    package var status: Int
    /// For people.
    package var reason: String
    /// The header fields; `Content-Length` is added when it is sent.
    package var headers: SIPHeaders
    /// The body.
    package var body: [UInt8]

    /// Makes a response.
    package init(status: Int, reason: String, headers: SIPHeaders = SIPHeaders(), body: [UInt8] = []) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
    }
}
