import CSockets
import Glibc
import RTPWire
import SecureMedia

/// Reports to the peer and from it (RFC 3550 section 6).
extension MediaThread {
    func receiveRTCP(_ leg: LegState) {
        let now = Self.now()
        for index in 0..<io.receive(leg.rtcp) {
            let source = io.source(index)
            guard source.sin_addr.s_addr == leg.remote.sin_addr.s_addr, leg.gate == nil else { continue }
            receiveReport(index, of: leg, now)
        }
    }

    func receiveReport(_ index: Int, of leg: LegState, _ now: UInt64) {
        guard let report = unsafe open(index, of: leg, as: .rtcp) else { return }
        for packet in RTCPPacket.parse(unsafe Array(report)) { take(packet, leg, now) }
    }

    private func take(_ packet: RTCPPacket, _ leg: LegState, _ now: UInt64) {
        switch packet {
        case .senderReport(_, let ntp, _, _, _, let blocks):
            leg.lastSenderReport = UInt32(truncatingIfNeeded: ntp >> 16)
            leg.lastSenderReportArrival = now
            take(blocks, leg, now)
        case .receiverReport(_, let blocks): take(blocks, leg, now)
        // Nothing is sent twice, and G.711 has one rate: there is nothing to do about it.
        case .feedback: leg.feedbackReceived += 1
        case .sourceDescription, .goodbye: break
        }
    }

    private func take(_ blocks: [ReportBlock], _ leg: LegState, _ now: UInt64) {
        for block in blocks where block.ssrc == leg.stream.ssrc {
            leg.roundTrip = block.roundTrip(at: UInt32(truncatingIfNeeded: Self.ntp(now) >> 16)) ?? leg.roundTrip
            leg.remoteLoss = block.cumulativeLost
        }
    }

    /// The monotonic clock in NTP's format, set by the clock on the wall when it is first asked: what reports are compared by must
    /// never jump.
    private static func ntp(_ nanoseconds: UInt64) -> UInt64 {
        let (seconds, rest) = (nanoseconds &+ sinceNTPEpoch).quotientAndRemainder(dividingBy: 1_000_000_000)
        return seconds << 32 | (rest << 32) / 1_000_000_000
    }

    /// From the year 1900 to when the monotonic clock was zero, in nanoseconds.
    private static let sinceNTPEpoch: UInt64 = {
        var wall = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &wall)
        let sinceUnixEpoch = UInt64(wall.tv_sec) * 1_000_000_000 + UInt64(wall.tv_nsec)
        return sinceUnixEpoch + 2_208_988_800 * 1_000_000_000 - now()
    }()

    /// A sender's report and our name, each 5 s give or take a half (RFC 3550 section 6.2).
    func report(_ leg: LegState, _ now: UInt64) {
        let jitter = UInt64(leg.stream.sequence) &* 2_654_435_761 % 5_000_000_000
        leg.nextReport = now + 2_500_000_000 + jitter
        let compound =
            RTCPPacket.senderReport(
                ssrc: leg.stream.ssrc,
                ntp: Self.ntp(now),
                rtp: leg.stream.timestamp,
                packets: UInt32(truncatingIfNeeded: leg.packetsSent),
                bytes: UInt32(truncatingIfNeeded: leg.payloadBytesSent),
                blocks: Self.block(leg, now).map { [$0] } ?? []
            ).bytes + RTCPPacket.sourceDescription(ssrc: leg.stream.ssrc, name: "sautikit@\(leg.port)").bytes
        unsafe io.outgoing.copyBytes(from: compound)
        guard let count = sealOutgoing(compound.count, for: leg, as: .rtcp) else { return }
        // Whoever shares one socket shares it for reports, too (RFC 5761).
        if leg.gate == nil {
            transmit(count, by: leg.rtcp, to: leg.remoteRTCP)
        } else {
            transmit(count, to: leg)
        }
    }

    private static func block(_ leg: LegState, _ now: UInt64) -> ReportBlock? {
        guard let source = leg.remoteSSRC else { return nil }
        let delay = leg.lastSenderReport == 0 ? 0 : (now - leg.lastSenderReportArrival) * 65_536 / 1_000_000_000
        return ReportBlock(
            ssrc: source,
            fractionLost: leg.statistics.fractionLost(),
            cumulativeLost: Int32(clamping: min(leg.statistics.lost, 0x7F_FFFF)),
            highestSequence: leg.statistics.extendedHighestSequence,
            jitter: leg.statistics.jitter,
            lastSenderReport: leg.lastSenderReport,
            delaySinceLastSenderReport: UInt32(truncatingIfNeeded: delay)
        )
    }
}
