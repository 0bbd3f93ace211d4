package import Primitives

/// Which addresses customers may have us call: public ones, and those that the operator allows.
package struct DestinationPolicy: Sendable {
    /// Ranges that are allowed whatever they are; default none, in the sandbox loopback.
    package var allowedNetworks: [IPNetwork] = []
    /// Ports that may be called; nil is all; default 80, 443 and everything from 1024.
    package var allowedPorts: [ClosedRange<Int>]? = [80...80, 443...443, 1024...65_535]

    /// Makes a policy that allows what is public.
    package init(allowedNetworks: [IPNetwork] = []) {
        self.allowedNetworks = allowedNetworks
    }

    /// Loopback of both families, for the sandbox and for tests.
    package static let loopback: [IPNetwork] = ["127.0.0.0/8", "::1/128"].compactMap(IPNetwork.init(parsing:))

    /// What `SAUTIKIT_ALLOW_PRIVATE_WEBHOOKS=true` allows: an operator's own networks, loopback included.
    package static let operatorNetworks: [IPNetwork] =
        loopback
        + ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"]
        .compactMap(IPNetwork.init(parsing:))

    /// Refuses an address that is not public, unless it is allowed.
    ///
    /// - Throws: `DestinationRefusal.address`.
    package func check(_ address: IPAddress) throws(DestinationRefusal) {
        if allowedNetworks.contains(where: { $0.contains(address) }) { return }
        if let found = SpecialNetworks.all.first(where: { $0.network.contains(address) }) {
            throw .address(address, kind: found.kind)
        }
        guard address.isIPv4 || SpecialNetworks.globalUnicastIPv6?.contains(address) == true else {
            throw .address(address, kind: "not a public address")
        }
    }

    /// Refuses a list of addresses of which one is refused: which one is called must not matter.
    ///
    /// - Throws: `DestinationRefusal`.
    package func check(_ addresses: [IPAddress]) throws(DestinationRefusal) {
        if addresses.isEmpty { throw .noAddress }
        for address in addresses { try check(address) }
    }
}
