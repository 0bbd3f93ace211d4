package import Primitives

/// A carrier that takes our calls.
package struct Trunk: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Unique, for people.
    package let name: String
    /// Host name or address.
    package let host: String
    /// UDP or TCP port, if it was named; without one the host's SRV records are asked (RFC 3263 section 4.2).
    package let namedPort: Int?
    /// How it is reached.
    package let transport: TrunkTransport
    /// For digest authentication; nil when the trunk knows our address.
    package let username: String?
    /// In the clear only in memory.
    package let password: String?
    /// Numbers that begin with this go here: `+254`, or `+` for all.
    package let prefix: String
    /// Among trunks of the same prefix the lowest number goes first.
    package let priority: Int
    /// Whose calls it takes.
    package let purpose: TrunkPurpose
    /// How its calls to us are known.
    package var inbound = TrunkInbound()
    /// Whether it sends calls only to where we have registered.
    package var registers = false

    /// The port, where no record names another.
    package var port: Int { namedPort ?? transport.standardPort }

    /// `host` or `host:port`, an IPv6 address with a port in brackets: what `AddTrunk` reads.
    package var address: String {
        let text = namedPort == nil || !host.contains(":") ? host : "[\(host)]"
        return namedPort.map { "\(text):\($0)" } ?? text
    }

    /// Whether a message from this address is the trunk's.
    package func sends(from address: IPAddress, port: Int) -> Bool {
        inbound.sources.contains { $0.contains(address) } || port == self.port && IPAddress(parsing: host) == address
    }

    /// Whether the trunk may send from this address.
    package func isNear(_ address: IPAddress) -> Bool {
        inbound.sources.contains { $0.contains(address) } || IPAddress(parsing: host) == address
    }

    /// Whether a call is the trunk's.
    func admits(_ invitation: InboundInvitation) -> Bool {
        let isNear = isNear(invitation)
        let isProven = invitation.provenTrunk == id
        return switch inbound.acceptance {
        case .address: isNear
        case .digest: isProven
        case .either: isNear || isProven
        case .both: isNear && isProven
        }
    }

    /// Whether a call could be the trunk's if only its sender proved it.
    func asksForProof(of invitation: InboundInvitation) -> Bool {
        switch inbound.acceptance {
        case .address: false
        case .digest, .either: true
        case .both: isNear(invitation)
        }
    }

    /// From its address, or to the contact that only it was told.
    private func isNear(_ invitation: InboundInvitation) -> Bool {
        sends(from: invitation.source, port: invitation.sourcePort) || invitation.registeredTrunk == id
    }
}
