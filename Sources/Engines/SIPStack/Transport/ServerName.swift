/// Whether a certificate is about a host (RFC 5922 section 7, RFC 6125 section 6.4): one of its names is the host's, or has `*` for the
/// first label of it, as carriers' certificates do although RFC 5922 would rather not.
enum ServerName {
    /// - Parameter names: the DNS names of a certificate.
    static func isProven(_ host: String, by names: [String]) -> Bool {
        let host = canonical(host)
        let parent = host.firstIndex(of: ".").map { "*" + host[$0...] }
        return names.contains { name in
            let name = canonical(name)
            return name == host || name == parent
        }
    }

    private static func canonical(_ name: String) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}
