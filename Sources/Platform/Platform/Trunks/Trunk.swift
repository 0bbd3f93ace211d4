package import Primitives

/// A carrier that takes our calls.
package struct Trunk: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Unique, for people.
    package let name: String
    /// Host name or address.
    package let host: String
    /// UDP or TCP port.
    package let port: Int
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
    /// Networks that its calls to us come from, besides its own host and port.
    package var sources: [IPNetwork] = []

    /// Whether a message from this address is the trunk's.
    package func sends(from address: IPAddress, port: Int) -> Bool {
        sources.contains { $0.contains(address) } || port == self.port && IPAddress(parsing: host) == address
    }
}
