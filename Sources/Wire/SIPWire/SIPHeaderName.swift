/// A header field's name, compared without case (RFC 3261 section 7.3.1); compact forms are the same name.
package struct SIPHeaderName: Sendable, Hashable {
    /// The name as it is printed.
    package let text: String
    private let folded: String

    /// Makes a name of any token; a compact form becomes its long name.
    package init(_ token: String) {
        let folded = token.lowercased()
        if let known = Self.known[folded] {
            self = known
        } else {
            self.init(text: token, folded: folded)
        }
    }

    private init(text: String, folded: String) {
        self.text = text
        self.folded = folded
    }

    private init(standard text: String) {
        self.init(text: text, folded: text.lowercased())
    }

    /// Whether two names are the same.
    package static func == (left: SIPHeaderName, right: SIPHeaderName) -> Bool {
        left.folded == right.folded
    }

    /// Hashes without case.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(folded)
    }

    /// `Via`, compact `v`.
    package static let via = SIPHeaderName(standard: "Via")
    /// `From`, compact `f`.
    package static let from = SIPHeaderName(standard: "From")
    /// `To`, compact `t`.
    package static let to = SIPHeaderName(standard: "To")
    /// `Call-ID`, compact `i`.
    package static let callID = SIPHeaderName(standard: "Call-ID")
    /// `CSeq`.
    package static let cseq = SIPHeaderName(standard: "CSeq")
    /// `Contact`, compact `m`.
    package static let contact = SIPHeaderName(standard: "Contact")
    /// `Max-Forwards`.
    package static let maxForwards = SIPHeaderName(standard: "Max-Forwards")
    /// `Route`.
    package static let route = SIPHeaderName(standard: "Route")
    /// `Path` (RFC 3327).
    package static let path = SIPHeaderName(standard: "Path")
    /// `Record-Route`.
    package static let recordRoute = SIPHeaderName(standard: "Record-Route")
    /// `Content-Type`, compact `c`.
    package static let contentType = SIPHeaderName(standard: "Content-Type")
    /// `Content-Length`, compact `l`.
    package static let contentLength = SIPHeaderName(standard: "Content-Length")
    /// `Expires`.
    package static let expires = SIPHeaderName(standard: "Expires")
    /// `Min-Expires`.
    package static let minExpires = SIPHeaderName(standard: "Min-Expires")
    /// `Allow`.
    package static let allow = SIPHeaderName(standard: "Allow")
    /// `Supported`, compact `k`.
    package static let supported = SIPHeaderName(standard: "Supported")
    /// `Require`.
    package static let require = SIPHeaderName(standard: "Require")
    /// `Unsupported`.
    package static let unsupported = SIPHeaderName(standard: "Unsupported")
    /// `Session-Expires`, compact `x`.
    package static let sessionExpires = SIPHeaderName(standard: "Session-Expires")
    /// `Min-SE`.
    package static let minSE = SIPHeaderName(standard: "Min-SE")
    /// `Reason`.
    package static let reason = SIPHeaderName(standard: "Reason")
    /// `Retry-After`.
    package static let retryAfter = SIPHeaderName(standard: "Retry-After")
    /// `WWW-Authenticate`.
    package static let wwwAuthenticate = SIPHeaderName(standard: "WWW-Authenticate")
    /// `Proxy-Authenticate`.
    package static let proxyAuthenticate = SIPHeaderName(standard: "Proxy-Authenticate")
    /// `Authorization`.
    package static let authorization = SIPHeaderName(standard: "Authorization")
    /// `Proxy-Authorization`.
    package static let proxyAuthorization = SIPHeaderName(standard: "Proxy-Authorization")
    /// `Authentication-Info`.
    package static let authenticationInfo = SIPHeaderName(standard: "Authentication-Info")
    /// `User-Agent`.
    package static let userAgent = SIPHeaderName(standard: "User-Agent")
    /// `Server`.
    package static let server = SIPHeaderName(standard: "Server")
    /// `Subject`, compact `s`.
    package static let subject = SIPHeaderName(standard: "Subject")
    /// `Event`, compact `o`.
    package static let event = SIPHeaderName(standard: "Event")
    /// `Refer-To`, compact `r`.
    package static let referTo = SIPHeaderName(standard: "Refer-To")
    /// `Referred-By`, compact `b` (RFC 3892).
    package static let referredBy = SIPHeaderName(standard: "Referred-By")
    /// `Refer-Sub` (RFC 4488).
    package static let referSub = SIPHeaderName(standard: "Refer-Sub")
    /// `Replaces` (RFC 3891).
    package static let replaces = SIPHeaderName(standard: "Replaces")
    /// `Subscription-State` (RFC 6665).
    package static let subscriptionState = SIPHeaderName(standard: "Subscription-State")
    /// `Accept`.
    package static let accept = SIPHeaderName(standard: "Accept")
    /// `Content-Encoding`, compact `e`.
    package static let contentEncoding = SIPHeaderName(standard: "Content-Encoding")
    /// `P-Asserted-Identity`.
    package static let pAssertedIdentity = SIPHeaderName(standard: "P-Asserted-Identity")
    /// `P-Preferred-Identity`.
    package static let pPreferredIdentity = SIPHeaderName(standard: "P-Preferred-Identity")
    /// `RAck`.
    package static let rAck = SIPHeaderName(standard: "RAck")
    /// `RSeq`.
    package static let rSeq = SIPHeaderName(standard: "RSeq")
    /// `Timestamp`.
    package static let timestamp = SIPHeaderName(standard: "Timestamp")
    /// `Date`.
    package static let date = SIPHeaderName(standard: "Date")
    /// `Warning`.
    package static let warning = SIPHeaderName(standard: "Warning")
    /// `Proxy-Require`.
    package static let proxyRequire = SIPHeaderName(standard: "Proxy-Require")
    /// `Privacy`.
    package static let privacy = SIPHeaderName(standard: "Privacy")

    private static let all: [SIPHeaderName] = [
        .via, .from, .to, .callID, .cseq, .contact, .maxForwards, .route, .recordRoute, .contentType,
        .contentLength, .expires, .allow, .supported, .require, .unsupported, .sessionExpires, .minSE, .reason,
        .retryAfter, .wwwAuthenticate, .proxyAuthenticate, .authorization, .proxyAuthorization, .authenticationInfo,
        .userAgent, .server, .subject, .event, .referTo, .accept, .contentEncoding, .pAssertedIdentity, .rAck,
        .rSeq, .timestamp, .date, .warning, .proxyRequire, .privacy, .minExpires,
        .referredBy, .referSub, .replaces, .subscriptionState,
        .pPreferredIdentity,
    ]

    private static let compact: [String: SIPHeaderName] = [
        "v": .via, "f": .from, "t": .to, "i": .callID, "m": .contact, "c": .contentType, "l": .contentLength,
        "k": .supported, "x": .sessionExpires, "s": .subject, "o": .event, "r": .referTo, "b": .referredBy,
        "e": .contentEncoding,
    ]

    private static let known = compact.merging(all.map { ($0.folded, $0) }, uniquingKeysWith: { first, _ in first })
}
