package import NameService

/// What the location of servers asks of the name service (RFC 3263 section 4).
package protocol SIPNames: Sendable {
    /// The SRV records of a name such as `_sip._udp.example.com`; none when it has none.
    func services(of name: String) async throws -> [ServiceRecord]

    /// The numeric addresses of a host, the best first; none when there is no such host.
    func addresses(of host: String) async throws -> [String]
}

extension DNSResolver: SIPNames {}
