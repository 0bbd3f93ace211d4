import Database
import Primitives

/// Makes a carrier known.
package struct AddTrunk: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Adds a trunk; its password is stored encrypted.
    ///
    /// - Parameters:
    ///   - address: `host`, which SRV records are asked about, or `host:port`; an IPv6 address with a port in brackets.
    ///   - registers: whether it sends calls only to where we have registered, with the user name and password.
    ///   - inbound: how its calls to us are known.
    ///   - replacing: takes the place of a trunk of this name instead of being refused.
    /// - Throws: `PlatformError` naming the field, or `trunks.already_exists`; `DatabaseError`.
    package func callAsFunction(
        name: String,
        address: String,
        transport: TrunkTransport,
        username: String? = nil,
        password: String? = nil,
        prefix: String,
        priority: Int,
        purpose: TrunkPurpose = .live,
        registers: Bool = false,
        inbound: TrunkInboundWish = TrunkInboundWish(),
        replacing: Bool = false
    ) async throws -> Trunk {
        guard (1...64).contains(name.count) else {
            throw PlatformError(.requestInvalid, "A trunk's name has 1 to 64 characters.", field: "name")
        }
        guard let (host, port) = Self.split(address) else {
            throw PlatformError(
                .requestInvalid,
                "An address is host or host:port, such as 192.0.2.10:5070.",
                field: "address"
            )
        }
        guard prefix.hasPrefix("+"), prefix.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            prefix.count <= 16
        else {
            throw PlatformError(
                .requestInvalid,
                "A prefix is + and digits, such as +254; + alone is every number.",
                field: "prefix"
            )
        }
        guard (username == nil) == (password == nil) else {
            throw PlatformError(.requestInvalid, "Give both username and password, or neither.", field: "password")
        }
        if registers, username == nil {
            throw PlatformError(.requestInvalid, "A trunk to register with needs a username.", field: "username")
        }
        let trunk = Trunk(
            id: context.ids.next(),
            name: name,
            host: host,
            namedPort: port,
            transport: transport,
            username: username,
            password: password,
            prefix: prefix,
            priority: priority,
            purpose: purpose,
            inbound: try inbound.inbound(),
            registers: registers
        )
        let now = context.clock.now()
        try await context.database.write { tx in
            if replacing { try TrunkTable.remove(name: name, in: tx) }
            guard try TrunkTable.insert(trunk, context.secrets, at: now, in: tx) else {
                throw PlatformError(
                    .trunkExists,
                    "There is a trunk '\(name)', or one of this user name for inbound calls, already.",
                    field: "name"
                )
            }
            tx.notify(Channel.trunks)
        }
        return trunk
    }

    private static func split(_ address: String) -> (host: String, port: Int?)? {
        if IPAddress(parsing: address) != nil { return (address, nil) }
        var host = address[...]
        var port: Int?
        if let colon = address.lastIndex(of: ":") {
            guard let named = Int(address[address.index(after: colon)...]), (1...65_535).contains(named) else {
                return nil
            }
            (host, port) = (address[..<colon], named)
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        let isPlain = host.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "@")
        }
        return !host.isEmpty && host.count <= 253 && isPlain ? (String(host), port) : nil
    }
}
