import Glibc

/// A name server that is asked instead of the system's.
package struct NameServer: Sendable, Hashable {
    /// The most that are asked, as of the C library.
    package static let most = 3

    /// Its IPv4 address, dotted.
    package let address: String
    /// Its port.
    package let port: Int

    /// Reads `192.0.2.53` or `192.0.2.53:5353`; nil for all else.
    package init?(parsing text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return nil }
        var bytes = in_addr()
        guard parts[0].utf8.count <= 15, unsafe inet_pton(AF_INET, String(parts[0]), &bytes) == 1 else { return nil }
        guard parts.count == 2 else {
            self.init(address: String(parts[0]), port: 53)
            return
        }
        let isPlain = (1...5).contains(parts[1].utf8.count) && parts[1].utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isPlain, let port = Int(parts[1]), (1...65_535).contains(port) else { return nil }
        self.init(address: String(parts[0]), port: port)
    }

    private init(address: String, port: Int) {
        self.address = address
        self.port = port
    }

    var socketAddress: sockaddr_in {
        var result = sockaddr_in()
        result.sin_family = sa_family_t(AF_INET)
        result.sin_port = in_port_t(port).bigEndian
        unsafe inet_pton(AF_INET, address, &result.sin_addr)
        return result
    }
}
