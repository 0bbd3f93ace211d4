/// Why a text is no SIP URI that can be dialled.
package enum SIPAddressFault: Error, Equatable {
    /// Neither `sip:user@host` nor `sips:user@host`, or too long.
    case unreadable
    /// It brings header fields for the request (RFC 3261 section 19.1.1).
    case headers
    /// A parameter other than `transport`, such as `maddr` or `lr`, which would change where the request goes.
    case parameter
    /// A transport other than `udp`, `tcp` and `tls`, or UDP where `sips` wants TLS.
    case transport

    /// For people.
    package var message: String {
        switch self {
        case .unreadable:
            "'sip' is a SIP URI such as sip:desk@pbx.example.com, of at most \(SIPAddress.longest) bytes."
        case .headers: "'sip' must not bring header fields: nothing may follow a '?'."
        case .parameter: "'sip' may have the parameter 'transport' and no other."
        case .transport: "'sip' may say transport=udp, tcp or tls, and a sips URI not udp."
        }
    }
}
