package import Primitives

/// Whom a SIP URI names (RFC 3261 section 19.1), with nothing in it that would change how the request is built or where it goes:
/// a user, a host, a port, and the way to get there.
package struct SIPAddress: Sendable, Hashable {
    /// The longest URI, in bytes.
    package static let longest = 255

    /// As it was written: what is sent, and what the call is shown with.
    package let text: String
    /// The user part, as it is escaped.
    package let user: String
    /// The host: a name in small letters, or an address without brackets.
    package let host: String
    /// Whether it is a `sips` URI.
    package let isSecure: Bool
    /// The port, if it was named.
    package let namedPort: Int?
    /// The parameter `transport`, if there was one.
    package let namedTransport: TrunkTransport?

    /// How it is reached: by TLS for `sips`, and by UDP when nothing was said.
    package var transport: TrunkTransport { isSecure ? .tls : namedTransport ?? .udp }

    /// The port; 5061 by TLS and else 5060 when it was not named (RFC 3261 section 19.1.2).
    package var port: Int { namedPort ?? transport.standardPort }

    /// The host's address; nil when it is a name.
    package var literal: IPAddress? { IPAddress(parsing: host) }
}
