import CSockets
import Glibc
import RTPWire

/// What a leg makes by itself every 20 ms: sound, keys, silence, reports.
extension MediaThread {
    func beatLeg(_ leg: LegState, _ now: UInt64) {
        guard let parameters = leg.parameters else { return }
        if leg.isGenerating { generate(leg, parameters) }
        leg.recorder?.advance()
        // Silent for a second, the peer may have moved.
        if leg.isFixed, now &- leg.lastHeard > 1_000_000_000 { leg.release() }
        if now &- leg.lastHeard > silenceTimeoutNanoseconds, !leg.hasReportedSilence {
            leg.hasReportedSilence = true
            leg.onEvent(.silence)
        }
        if now >= leg.nextReport { report(leg, now) }
    }

    /// Silence is sent too: it keeps the way through a NAT open, and many peers hang up on a stream that stops.
    private func generate(_ leg: LegState, _ parameters: MediaParameters) {
        let frame = unsafe UnsafeMutableBufferPointer(rebasing: io.frame[0..<160])
        let ended = unsafe leg.player.fill(frame)
        unsafe leg.recorder?.say(UnsafeBufferPointer(frame))
        if let type = parameters.telephoneEventPayloadType, !leg.keys.isIdle {
            sendKey(leg, type)
        } else {
            unsafe sendAudio(leg, parameters, UnsafeBufferPointer(frame))
        }
        leg.timestamp &+= 160
        if let ended { leg.onEvent(.playFinished(id: ended)) }
    }

    private func sendAudio(_ leg: LegState, _ parameters: MediaParameters, _ frame: UnsafeBufferPointer<Int16>) {
        for index in 0..<160 {
            let sample = unsafe frame[index]
            unsafe io.outgoing[RTPHeader.byteCount + index] =
                parameters.codec == .pcma ? G711.aLaw(sample) : G711.uLaw(sample)
        }
        send(
            leg,
            payloadType: parameters.payloadType,
            marker: !leg.isTalking,
            timestamp: leg.timestamp,
            payloadBytes: 160
        )
        leg.isTalking = true
    }

    private func sendKey(_ leg: LegState, _ payloadType: UInt8) {
        guard let packet = leg.keys.next() else { return }
        if packet.isFirst { leg.keyTimestamp = leg.timestamp }
        let bytes = packet.event.bytes
        unsafe io.outgoing[RTPHeader.byteCount] = bytes.0
        unsafe io.outgoing[RTPHeader.byteCount + 1] = bytes.1
        unsafe io.outgoing[RTPHeader.byteCount + 2] = bytes.2
        unsafe io.outgoing[RTPHeader.byteCount + 3] = bytes.3
        send(leg, payloadType: payloadType, marker: packet.marker, timestamp: leg.keyTimestamp, payloadBytes: 4)
        leg.isTalking = false
    }

    private func send(_ leg: LegState, payloadType: UInt8, marker: Bool, timestamp: UInt32, payloadBytes: Int) {
        let header = RTPHeader(
            payloadType: payloadType,
            marker: marker,
            sequence: leg.sequence,
            timestamp: timestamp,
            ssrc: leg.ssrc
        )
        unsafe header.write(to: io.outgoing)
        leg.sequence &+= 1
        leg.packetsSent += 1
        leg.payloadBytesSent += UInt64(payloadBytes)
        guard !leg.drawsLoss() else { return }
        transmit(RTPHeader.byteCount + payloadBytes, by: leg.rtp, to: leg.remote)
    }

    private func transmit(_ byteCount: Int, by descriptor: Int32, to remote: sockaddr_in) {
        var remote = remote
        unsafe withUnsafePointer(to: &remote) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = unsafe sendto(
                    descriptor,
                    io.outgoing.baseAddress,
                    byteCount,
                    Int32(MSG_DONTWAIT),
                    address,
                    socklen_t(MemoryLayout<sockaddr_in>.size)
                )
            }
        }
    }

    /// A sender's report and our name, each 5 s give or take a half (RFC 3550 section 6.2).
    private func report(_ leg: LegState, _ now: UInt64) {
        let jitter = UInt64(leg.sequence) &* 2_654_435_761 % 5_000_000_000
        leg.nextReport = now + 2_500_000_000 + jitter
        var blocks: [ReportBlock] = []
        if let source = leg.remoteSSRC {
            let delay = leg.lastSenderReport == 0 ? 0 : (now - leg.lastSenderReportArrival) * 65_536 / 1_000_000_000
            let lost = Int32(clamping: min(leg.statistics.lost, 0x7F_FFFF))
            blocks.append(
                ReportBlock(
                    ssrc: source,
                    fractionLost: leg.statistics.fractionLost(),
                    cumulativeLost: lost,
                    highestSequence: leg.statistics.extendedHighestSequence,
                    jitter: leg.statistics.jitter,
                    lastSenderReport: leg.lastSenderReport,
                    delaySinceLastSenderReport: UInt32(truncatingIfNeeded: delay)
                )
            )
        }
        let compound =
            RTCPPacket.senderReport(
                ssrc: leg.ssrc,
                ntp: Self.ntp(now),
                rtp: leg.timestamp,
                packets: UInt32(truncatingIfNeeded: leg.packetsSent),
                bytes: UInt32(truncatingIfNeeded: leg.payloadBytesSent),
                blocks: blocks
            ).bytes + RTCPPacket.sourceDescription(ssrc: leg.ssrc, name: "sautikit@\(leg.port)").bytes
        unsafe io.outgoing.copyBytes(from: compound)
        transmit(compound.count, by: leg.rtcp, to: leg.remoteRTCP)
    }
}
