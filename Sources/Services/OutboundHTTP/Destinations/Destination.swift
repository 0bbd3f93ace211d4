package import Primitives

/// A URL taken apart and put together again, so that every reader of it sees the same host.
package struct Destination: Sendable, Equatable {
    /// `https` or `http`; of a WebSocket `wss` or `ws`.
    package let scheme: String
    /// Lower case, without brackets.
    package let host: String
    /// The port, the scheme's own when the URL names none.
    package let port: Int
    /// Path and query as they are sent.
    package let target: String

    /// The address when the host is one.
    package var literal: IPAddress? { IPAddress(parsing: host) }

    /// The URL that is requested.
    package var url: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(name):\(port)\(target)"
    }

    /// Whether what is said is encrypted.
    var isSecure: Bool { scheme == "https" || scheme == "wss" }

    /// Host and port as a request names them: without a port that goes without saying (RFC 9110 section 7.2).
    var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// Names the receiver: requests to one share its places.
    package var authority: String { "\(host):\(port)" }
}
