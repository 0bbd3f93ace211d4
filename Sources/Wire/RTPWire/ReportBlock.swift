/// What a receiver reports of one source (RFC 3550 section 6.4.1).
package struct ReportBlock: Sendable, Equatable {
    /// The source.
    package var ssrc: UInt32
    /// Lost since the last report, in 256ths.
    package var fractionLost: UInt8
    /// Lost in all, 24 bits signed.
    package var cumulativeLost: Int32
    /// The extended highest sequence number.
    package var highestSequence: UInt32
    /// In timestamp units.
    package var jitter: UInt32
    /// The middle 32 bits of the last sender report's NTP time; 0 for none.
    package var lastSenderReport: UInt32
    /// Since that report came, in 65,536ths of a second.
    package var delaySinceLastSenderReport: UInt32

    /// Makes a block.
    package init(
        ssrc: UInt32,
        fractionLost: UInt8,
        cumulativeLost: Int32,
        highestSequence: UInt32,
        jitter: UInt32,
        lastSenderReport: UInt32,
        delaySinceLastSenderReport: UInt32
    ) {
        self.ssrc = ssrc
        self.fractionLost = fractionLost
        self.cumulativeLost = cumulativeLost
        self.highestSequence = highestSequence
        self.jitter = jitter
        self.lastSenderReport = lastSenderReport
        self.delaySinceLastSenderReport = delaySinceLastSenderReport
    }

    /// The round trip that this block shows to the sender it is about, in 65,536ths of a second; nil when it shows none.
    ///
    /// - Parameter now: the middle 32 bits of the NTP time at which the block came.
    package func roundTrip(at now: UInt32) -> UInt32? {
        guard lastSenderReport != 0 else { return nil }
        let trip = now &- lastSenderReport &- delaySinceLastSenderReport
        return trip < 0x8000_0000 ? trip : nil
    }
}
