/// What a peer, and whoever finds its way to our port, may ask of us.
package struct ICELimits: Sendable {
    /// Checks a second that are looked at from where the peer is. Browsers send twenty at first, and then one in some seconds.
    package var peerChecksPerSecond = 100
    /// Checks a second that are looked at from everywhere else.
    package var otherChecksPerSecond = 100
    /// Refusals a second: whoever sends from a false address shall have nothing of us sent there.
    package var refusalsPerSecond = 10
    /// Addresses that are remembered as the peer's.
    package var addresses = 8
    /// How long a peer is believed to be there without a check (RFC 7675 section 5.1).
    package var consent = Duration.seconds(30)
    /// How long a former generation's checks are answered after a restart.
    package var overlap = Duration.seconds(30)

    /// The limits that are good for all.
    package init() {}
}
