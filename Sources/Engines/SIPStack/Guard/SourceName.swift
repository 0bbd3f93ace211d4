import NIOCore

/// What counts as one source: an IPv4 address, or the first 64 bits of an IPv6 address, since a peer may have all of these.
enum SourceName {
    static func of(_ address: SocketAddress) -> String {
        let text = address.ipAddress ?? ""
        guard case .v6 = address else { return text }
        return network(of: text) + "::/64"
    }

    private static func network(of text: String) -> String {
        guard let gap = text.firstRange(of: "::") else {
            return text.split(separator: ":").prefix(4).joined(separator: ":")
        }
        let (head, tail) = (
            text[..<gap.lowerBound].split(separator: ":"), text[gap.upperBound...].split(separator: ":")
        )
        let zeros = Array(repeating: Substring("0"), count: max(0, 8 - head.count - tail.count))
        return (head + zeros + tail).prefix(4).joined(separator: ":")
    }
}
