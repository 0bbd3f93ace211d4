/// What feedback is about (RFC 4585 section 6.1): the packet's type.
package enum FeedbackKind: UInt8, Sendable {
    /// Packets: what was lost, or how fast to send (RTPFB).
    case transport = 205
    /// What they carry: a picture that is wanted, or how much of it (PSFB).
    case payload = 206
}
