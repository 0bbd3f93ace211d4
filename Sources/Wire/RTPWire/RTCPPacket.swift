/// An RTCP packet of a compound (RFC 3550 section 6).
package enum RTCPPacket: Sendable, Equatable {
    /// A sender's report: source, NTP time, RTP time, packets and bytes sent, and what it receives.
    case senderReport(ssrc: UInt32, ntp: UInt64, rtp: UInt32, packets: UInt32, bytes: UInt32, blocks: [ReportBlock])
    /// A report of somebody who sends nothing.
    case receiverReport(ssrc: UInt32, blocks: [ReportBlock])
    /// The canonical name of a source.
    case sourceDescription(ssrc: UInt32, name: String)
    /// Feedback about a source that we send (RFC 4585 section 6.1), by its type and format. What it says in detail is not read: we offer
    /// none and act on none.
    case feedback(FeedbackKind, format: UInt8, sender: UInt32, source: UInt32)
    /// Sources that leave.
    case goodbye([UInt32])
}
