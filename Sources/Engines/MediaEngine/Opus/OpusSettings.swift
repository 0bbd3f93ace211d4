/// How a peer is sent Opus.
package struct OpusSettings: Sendable, Equatable {
    /// What a voice up to 4 kHz with something against loss is worth; more is not heard (RFC 7587 section 3.1.1).
    package static let usualBitsPerSecond = 20_000
    /// The least that Opus makes sense of.
    private static let leastBitsPerSecond = 6000

    /// Bits a second, 6,000 to 20,000.
    package let bitsPerSecond: Int
    /// Whether a packet tells roughly what was in the one before it, too.
    package let usesInbandFEC: Bool

    /// Makes settings.
    ///
    /// - Parameter mostBitsPerSecond: what the peer takes at most.
    package init(mostBitsPerSecond: Int = usualBitsPerSecond, usesInbandFEC: Bool = true) {
        bitsPerSecond = min(max(mostBitsPerSecond, Self.leastBitsPerSecond), Self.usualBitsPerSecond)
        self.usesInbandFEC = usesInbandFEC
    }
}
