/// What whoever finds a door of connections may ask of it.
package struct ConnectionLimits: Sendable {
    /// Connections at once, those that have a leg among them.
    package var connections = 2000
    /// Connections at once of one address; an office has one for all its browsers.
    package var connectionsPerAddress = 50
    /// How long a connection may take to show whose it is.
    package var firstPacket = Duration.seconds(5)

    /// The limits that are good for all.
    package init() {}
}
