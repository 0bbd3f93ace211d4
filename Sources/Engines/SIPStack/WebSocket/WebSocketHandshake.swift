import NIOHTTP1

/// What a browser says when it connects.
package struct WebSocketHandshake: Sendable, Equatable {
    /// The subprotocol of RFC 7118 section 4.
    static let subprotocol = "sip"
    /// Names the subprotocol that carries a token: a page can set no other header.
    private static let tokenPrefix = "sautikit.token."

    /// What it asks for, without the query: `/`.
    package let path: String
    /// The numeric address that it comes from.
    package let address: String
    /// The site that its page is of; nil when it does not say.
    package let origin: String?
    /// The token that it shows; nil when it shows none.
    package let token: String?
    /// Whether it wants to speak SIP.
    package let speaksSIP: Bool

    init(_ head: HTTPRequestHead, address: String) {
        let protocols = head.headers[canonicalForm: "Sec-WebSocket-Protocol"]
        path = String(head.uri.prefix { $0 != "?" })
        self.address = address
        origin = head.headers.first(name: "Origin")
        speaksSIP = protocols.contains { $0 == Self.subprotocol }
        token =
            protocols.first { $0.hasPrefix(Self.tokenPrefix) }.map { String($0.dropFirst(Self.tokenPrefix.utf8.count)) }
            ?? Self.bearer(head.headers.first(name: "Authorization")) ?? Self.query(head.uri)
    }

    private static func bearer(_ value: String?) -> String? {
        guard let value, value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst(7).drop { $0 == " " })
    }

    /// A token has no letter that a URL would escape.
    private static func query(_ uri: String) -> String? {
        guard let mark = uri.firstIndex(of: "?") else { return nil }
        return uri[uri.index(after: mark)...].split(separator: "&").first { $0.hasPrefix("token=") }
            .map { String($0.dropFirst(6)) }
    }
}
