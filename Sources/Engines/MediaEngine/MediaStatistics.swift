/// The quality of a leg so far.
package struct MediaStatistics: Sendable, Equatable {
    /// Packets sent.
    package var sent: UInt64 = 0
    /// Packets received.
    package var received: UInt64 = 0
    /// Packets that did not arrive here.
    package var lost: UInt64 = 0
    /// Packets from another address than the peer's: dropped.
    package var foreign: UInt64 = 0
    /// Packets that are no RTP version 2, or whose lengths do not fit: dropped.
    package var malformed: UInt64 = 0
    /// Packets with more sound than anybody sends at once: dropped.
    package var oversized: UInt64 = 0
    /// Packets of a payload type that was not agreed on, or before anything was: dropped.
    package var unknownPayload: UInt64 = 0
    /// Packets that were protected but had been received before, or were far too late: dropped.
    package var replayed: UInt64 = 0
    /// Packets that should be protected and were not, or not with the peer's key: dropped.
    package var unauthentic: UInt64 = 0
    /// Packets to the peer that could not be coded or protected, or for which its connection had no room: not sent.
    package var unsent: UInt64 = 0
    /// Feedback of the peer in its reports, about which nothing is done (RFC 4585).
    package var feedback: UInt64 = 0
    /// The mean deviation of packet spacing.
    package var jitter: Duration = .zero
    /// There and back, from RTCP; nil when the peer reports nothing.
    package var roundTrip: Duration?
    /// What the peer did not get, in percent, from RTCP; nil when it reports nothing.
    package var remoteLossPercent: Double?
    /// The estimated mean opinion score, 1.0 to 4.41.
    package var meanOpinionScore: Double = 0

    /// All packets that were received and dropped, whatever the reason.
    package var dropped: UInt64 { foreign + malformed + oversized + unknownPayload + replayed + unauthentic }

    /// Makes statistics of nothing.
    package init() {}
}
