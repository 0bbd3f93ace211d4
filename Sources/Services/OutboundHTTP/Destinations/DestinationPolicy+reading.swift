import Foundation
import Primitives

extension DestinationPolicy {
    /// Reads a URL and refuses what can be refused before DNS.
    ///
    /// - Throws: `DestinationRefusal`.
    package func destination(of text: String) throws(DestinationRefusal) -> Destination {
        guard let parts = URLComponents(string: text) else { throw .unreadable }
        return try destination(of: parts)
    }

    /// Reads the URL of a WebSocket (RFC 6455 section 3), as far as it can be refused before DNS.
    ///
    /// - Throws: `DestinationRefusal`.
    package func socketDestination(of text: String) throws(DestinationRefusal) -> Destination {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased() else {
            throw .unreadable
        }
        guard scheme == "wss" || scheme == "ws" else { throw .socketScheme(scheme) }
        return try destination(of: parts, scheme: scheme, standardPort: scheme == "wss" ? 443 : 80)
    }

    /// Reads where a redirect leads, relative to where it came from.
    ///
    /// - Throws: `DestinationRefusal`.
    package func redirect(
        from origin: Destination,
        to location: String
    ) throws(DestinationRefusal) -> Destination {
        guard let base = URL(string: origin.url), let url = URL(string: location, relativeTo: base),
            let parts = URLComponents(url: url, resolvingAgainstBaseURL: true)
        else { throw .unreadable }
        let destination = try destination(of: parts)
        if origin.scheme == "https", destination.scheme == "http" { throw .downgrade }
        return destination
    }

    private func destination(of parts: URLComponents) throws(DestinationRefusal) -> Destination {
        guard let scheme = parts.scheme?.lowercased() else { throw .unreadable }
        guard scheme == "https" || scheme == "http" else { throw .scheme(scheme) }
        return try destination(of: parts, scheme: scheme, standardPort: scheme == "https" ? 443 : 80)
    }

    private func destination(
        of parts: URLComponents,
        scheme: String,
        standardPort: Int
    ) throws(DestinationRefusal) -> Destination {
        guard parts.user == nil, parts.password == nil else { throw .userInformation }
        guard let host = parts.encodedHost.flatMap(Self.plainHost) else { throw .unreadable }
        let port = parts.port ?? standardPort
        let isAllowed = allowedPorts?.contains { $0.contains(port) } ?? true
        guard (1...65_535).contains(port), isAllowed else { throw .port(port) }
        let path = parts.percentEncodedPath.hasPrefix("/") ? parts.percentEncodedPath : "/"
        let query = parts.percentEncodedQuery.map { "?" + $0 } ?? ""
        let destination = Destination(scheme: scheme, host: host, port: port, target: path + query)
        if let literal = destination.literal { try check(literal) }
        return destination
    }

    /// A host that no two parsers read differently: letters, digits, dots and dashes, or an IPv6 address without a zone.
    private static func plainHost(_ encoded: String) -> String? {
        var host = encoded.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host.contains(":") { return IPAddress(parsing: host).map(\.description) }
        let isPlain = host.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
        }
        return isPlain && !host.isEmpty && host.utf8.count <= 253 ? host : nil
    }
}
