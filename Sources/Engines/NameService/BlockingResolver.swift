import CResolver
import Glibc

/// The C library's resolver. Its calls wait: for threads where that is allowed, which keep whom they ask.
struct BlockingResolver: Sendable {
    /// The largest answer: all that fits into a message over TCP.
    private static let largestAnswer = 65_535
    private static let timeoutSeconds: Int32 = 2
    private static let attempts: Int32 = 2
    /// Addresses of one name that are looked at.
    private static let mostAddresses = 16
    /// How long addresses are remembered. `getaddrinfo` reads the hosts file and all that the system asks besides name
    /// servers, orders what it found (RFC 6724), and tells no TTL: this is shorter than almost all of them.
    private static let addressesHold: Duration = .seconds(5)
    /// The host exists and has no address (`EAI_NODATA`, which glibc hides).
    private static let noData: Int32 = -5

    /// The system's when empty.
    let servers: [NameServer]

    func services(of name: String) throws(NameFault) -> NameAnswer<[ServiceRecord]> {
        try prepare()
        var length: Int32 = 0
        let answer = unsafe [UInt8](unsafeUninitializedCapacity: Self.largestAnswer) { buffer, count in
            length = unsafe resolver_query_services(name, buffer.baseAddress, Int32(buffer.count))
            count = max(0, Int(length))
        }
        guard length >= 0 else { throw .resolver("nobody could say which services \(name) has") }
        if answer.isEmpty { return NameAnswer(value: [], ttl: ServiceAnswer.absence) }
        guard let found = ServiceAnswer.read(answer) else { throw .resolver("no answer about services of \(name)") }
        return found
    }

    func addresses(of host: String) throws(NameFault) -> NameAnswer<[String]> {
        try prepare()
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, nil, &hints, &first)
        if code == EAI_NONAME || code == Self.noData { return NameAnswer(value: [], ttl: Self.addressesHold) }
        guard code == 0 else { throw .resolver(unsafe String(cString: gai_strerror(code))) }
        defer { unsafe freeaddrinfo(first) }
        var found: [String] = []
        var next = unsafe first
        while let entry = unsafe next, found.count < Self.mostAddresses {
            if let text = unsafe Self.text(entry.pointee), !found.contains(text) { found.append(text) }
            unsafe next = entry.pointee.ai_next
        }
        return NameAnswer(value: found, ttl: Self.addressesHold)
    }

    private func prepare() throws(NameFault) {
        guard !servers.isEmpty else { return }
        let addresses = servers.prefix(NameServer.most).map(\.socketAddress)
        guard unsafe resolver_use(addresses, Int32(addresses.count), Self.timeoutSeconds, Self.attempts) == 0 else {
            throw .resolver("the resolver could not be set up")
        }
    }

    private static func text(_ entry: addrinfo) -> String? {
        var buffer = [CChar](repeating: 0, count: 64)
        let code = unsafe getnameinfo(
            entry.ai_addr,
            entry.ai_addrlen,
            &buffer,
            socklen_t(buffer.count),
            nil,
            0,
            NI_NUMERICHOST
        )
        guard code == 0 else { return nil }
        // A zone (`%eth0`) is this machine's own business, and no address of a server has one.
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.contains("%") ? nil : text
    }
}
