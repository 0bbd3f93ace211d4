/// What every request must have, whatever it asks (RFC 3261 sections 7.3.1, 8.1.1 and 20): the rules that need all its
/// headers.
///
/// They are for requests only. A response belongs to a request of ours, and a call is worth more than a peer's
/// spelling.
enum SIPRequestRules {
    /// What is wrong with a request's headers; nil when nothing is.
    static func problem(_ request: SIPRequest) -> String? {
        let headers = request.headers
        guard headers.from != nil, headers.to != nil else { return "From or To is missing or malformed" }
        guard let callID = headers.callID, !callID.isEmpty else { return "Call-ID is missing" }
        guard let cseq = headers.cseq, cseq.method == request.method else {
            return "CSeq is missing, malformed or names another method"
        }
        var seen: UInt8 = 0
        for field in headers.fields {
            if let bit = bit(of: field.name) {
                guard seen & bit == 0 else { return "\(field.name.text) comes more than once" }
                seen |= bit
            }
            guard !isElementList(field.name) || SIPText.isElementList(field.value) else {
                return "\(field.name.text) is malformed"
            }
        }
        return nil
    }

    /// A header that may come once has a bit of its own.
    private static func bit(of name: SIPHeaderName) -> UInt8? {
        switch name {
        case .callID: 1
        case .cseq: 2
        case .from: 4
        case .to: 8
        case .maxForwards: 16
        case .contentLength: 32
        case .contentType: 64
        default: nil
        }
    }

    /// Headers of comma-separated elements with parameters, by which messages find their way.
    private static func isElementList(_ name: SIPHeaderName) -> Bool {
        switch name {
        case .via, .from, .to, .contact, .recordRoute: true
        default: false
        }
    }
}
