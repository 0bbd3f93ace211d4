/// The timers of RFC 3261 section 17 and table 4, and of RFC 6026.
package struct SIPTimers: Sendable {
    /// The estimate of a round trip.
    package var t1: Duration = .milliseconds(500)
    /// The longest wait between retransmissions of anything but INVITE.
    package var t2: Duration = .seconds(4)
    /// How long a message may stay in the network.
    package var t4: Duration = .seconds(5)
    /// How long one address of a server may say nothing while there is another; the last one has the whole of timer B or F. A
    /// caller does not wait for 32 s until the second is tried (RFC 3263 section 4.3).
    package var nextPlace: Duration = .seconds(4)

    /// Makes the standard values.
    package init() {}

    /// 64 x T1: how long a transaction may take (timers B, F, H, J, L, M).
    package var timeout: Duration { t1 * 64 }
}
