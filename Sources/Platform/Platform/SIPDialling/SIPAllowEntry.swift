package import Primitives

/// One entry of the list of those whom SIP URIs may name: hosts, with a port or without.
package struct SIPAllowEntry: Sendable, Equatable {
    /// Which hosts.
    package enum Hosts: Sendable, Equatable {
        /// The one of this name, in small letters.
        case name(String)
        /// All below a name: `*.example.com` is `a.example.com` and `b.a.example.com`, and not `example.com`.
        case below(String)
        /// Addresses, as hosts and as what allowed names resolve to; private ones, too.
        case network(IPNetwork)
    }

    /// Which hosts.
    package let hosts: Hosts
    /// The port; 5060 and 5061 when it is not named.
    package let port: Int?

    /// Reads `pbx.example.com`, `*.example.com:5070`, `192.0.2.0/24`, `2001:db8::/32` or `[2001:db8::1]:5062`; nil for all else.
    package init?(parsing text: String) {
        guard let (host, port) = Self.split(text) else { return nil }
        self.port = port
        if let network = IPNetwork(parsing: host) {
            hosts = .network(network)
        } else {
            let isBelow = host.hasPrefix("*.")
            let name = isBelow ? String(host.dropFirst(2)) : host
            guard let found = SIPAddress.hostPort(name.utf8[...]), found.port == nil,
                IPAddress(parsing: found.host) == nil
            else { return nil }
            hosts = isBelow ? .below("." + found.host) : .name(found.host)
        }
    }

    /// The host as it is written, without brackets, and the port.
    private static func split(_ text: String) -> (host: String, port: Int?)? {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let inside = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            if rest.isEmpty { return (inside, nil) }
            guard rest.hasPrefix(":"), let port = SIPAddress.port(rest.utf8.dropFirst()) else { return nil }
            return (inside, port)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        // More colons than one are an IPv6 address.
        guard parts.count == 2 else { return (text, nil) }
        guard let port = SIPAddress.port(parts[1].utf8) else { return nil }
        return (String(parts[0]), port)
    }

    /// The lowest port that a host's own records may lead to: none of a system's services is at or above it.
    private static let lowestPort = 1024

    func allows(_ address: SIPAddress, at port: Int) -> Bool {
        if let wanted = self.port { return port == wanted }
        return port == address.namedPort || port >= Self.lowestPort
    }

    func allows(_ address: SIPAddress) -> Bool {
        guard port.map({ $0 == address.port }) ?? (address.port == 5060 || address.port == 5061) else { return false }
        return switch hosts {
        case .name(let name): address.host == name
        case .below(let ending): address.host.hasSuffix(ending)
        case .network(let network): address.literal.map(network.contains) ?? false
        }
    }
}
