import Platform
import Primitives

/// Where something listens: a host name or address, and a port.
package struct HostPort: Sendable, Equatable, CustomStringConvertible {
    /// Without brackets.
    package let host: String
    /// 0 picks a free one.
    package let port: Int

    /// Names an address.
    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`; nil for anything else.
    package init?(parsing text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        self.init(host: String(host), port: port)
    }

    /// `host:port`, an IPv6 address in brackets.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension HostPort {
    /// As other nodes know it; nil for a name, and for an address that stands for any.
    var place: NodePlace? {
        guard let address = IPAddress(parsing: host), address.bytes.contains(where: { $0 != 0 }) else { return nil }
        return NodePlace(address: host, port: port)
    }
}
