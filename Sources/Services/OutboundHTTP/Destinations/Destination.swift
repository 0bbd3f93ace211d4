package import Primitives

/// A URL taken apart and put together again, so that every reader of it sees the same host.
package struct Destination: Sendable, Equatable {
    /// `https` or `http`.
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

    /// Names the receiver: requests to one share its places.
    package var authority: String { "\(host):\(port)" }
}
