/// A SIP message.
package enum SIPMessage: Sendable, Equatable {
    /// A request.
    case request(SIPRequest)
    /// A response.
    case response(SIPResponse)

    /// The header fields.
    package var headers: SIPHeaders {
        switch self {
        case .request(let request): request.headers
        case .response(let response): response.headers
        }
    }

    /// The message as it is sent, `Content-Length` included.
    package var bytes: [UInt8] {
        switch self {
        case .request(let request): request.bytes
        case .response(let response): response.bytes
        }
    }
}

extension SIPRequest {
    /// The message as it is sent, `Content-Length` included.
    package var bytes: [UInt8] {
        SIPPrinter.text(startLine: "\(method.rawValue) \(uri.text) SIP/2.0", headers, body)
    }
}

extension SIPResponse {
    /// The message as it is sent, `Content-Length` included.
    package var bytes: [UInt8] {
        SIPPrinter.text(startLine: "SIP/2.0 \(status) \(reason)", headers, body)
    }
}
