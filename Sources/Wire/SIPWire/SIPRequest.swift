/// A request (RFC 3261 section 7.1).
package struct SIPRequest: Sendable, Equatable {
    /// What is asked.
    package var method: SIPMethod
    /// Of whom.
    package var uri: SIPURI
    /// The header fields; `Content-Length` is added when it is sent.
    package var headers: SIPHeaders
    /// The body.
    package var body: [UInt8]

    /// Makes a request.
    package init(method: SIPMethod, uri: SIPURI, headers: SIPHeaders = SIPHeaders(), body: [UInt8] = []) {
        self.method = method
        self.uri = uri
        self.headers = headers
        self.body = body
    }

    /// A response to this request, with the headers that RFC 3261 section 8.2.6.2 wants copied.
    ///
    /// - Parameter toTag: our tag, added to `To` unless there is one.
    package func response(_ status: Int, _ reason: String? = nil, toTag: String? = nil) -> SIPResponse {
        var fields: [SIPHeaderField] = []
        for field in headers.fields {
            switch field.name {
            case .via, .from, .callID, .cseq: fields.append(field)
            case .to:
                var value = field.value
                if let toTag, status > 100, let to = NameAddress(value), to.tag == nil { value += ";tag=\(toTag)" }
                fields.append(SIPHeaderField(.to, value))
            case .recordRoute where (101..<300).contains(status): fields.append(field)
            case .timestamp where status == 100: fields.append(field)
            default: break
            }
        }
        return SIPResponse(status: status, reason: reason ?? SIPStatus.reason(status), headers: SIPHeaders(fields))
    }
}
