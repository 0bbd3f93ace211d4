import CSockets
import Glibc
import RTPWire

/// What arrives: checked, counted, and handed to whoever hears it.
extension MediaThread {
    func receiveRTP(_ leg: LegState) {
        // A paced stream has one packet at a time; one that is read in two turns running has more.
        leg.isBursting = leg.lastTurn &+ 1 == turn
        leg.lastTurn = turn
        let count = leg.isBursting ? io.receive(leg.rtp) : io.receiveOne(leg.rtp)
        guard count > 0 else { return }
        packetsSinceBeat += count
        let now = Self.now()
        let peer = leg.isEcho ? leg : leg.bridge >= 0 ? legs[leg.bridge] : nil
        var staged = 0
        for index in 0..<count {
            let packet = unsafe io.packet(index)
            guard unsafe accept(UnsafeRawBufferPointer(packet), from: io.source(index), leg, now) else { continue }
            guard let peer, let from = leg.parameters, let to = peer.parameters else { continue }
            if from.payloadType != to.payloadType || from.telephoneEventPayloadType != to.telephoneEventPayloadType {
                guard unsafe translate(packet, from, to) else { continue }
            }
            peer.packetsSent += 1
            if peer.drawsLoss() { continue }
            // Packets move up over those that were dropped; a packet is never staged below its own index.
            unsafe withUnsafeMutablePointer(to: &peer.remote) { remote in
                unsafe io.stage(index, at: staged, to: peer.isFixed ? nil : remote)
            }
            staged += 1
        }
        if let peer { io.sendStaged(staged, by: peer.rtp) }
    }

    /// Checks and counts a packet; false for one that nobody must hear.
    private func accept(
        _ packet: UnsafeRawBufferPointer,
        from source: sockaddr_in,
        _ leg: LegState,
        _ now: UInt64
    ) -> Bool {
        guard let parameters = leg.parameters, let (header, payload) = unsafe RTPHeader.parse(packet) else {
            leg.dropped += 1
            return false
        }
        let isEvent = header.payloadType == parameters.telephoneEventPayloadType
        guard isEvent || header.payloadType == parameters.payloadType, latch(leg, source, header, now) else {
            leg.dropped += 1
            return false
        }
        leg.lastHeard = now
        leg.hasReportedSilence = false
        leg.statistics.receive(
            sequence: header.sequence,
            timestamp: header.timestamp,
            arrival: UInt32(truncatingIfNeeded: now / 125_000)
        )
        let body = unsafe UnsafeRawBufferPointer(rebasing: packet[payload])
        if isEvent {
            if let event = unsafe TelephoneEvent(body),
                let key = leg.detector.receive(event, timestamp: header.timestamp)
            {
                leg.onEvent(.digit(key))
            }
        } else if leg.recorder != nil {
            unsafe record(body, parameters.codec, header.timestamp, leg)
        }
        return true
    }

    /// Symmetric RTP: the first valid packet says where the peer really is, unless packets come from where signalling said.
    /// Another source is believed only after the first has been silent for a while, so that nobody can take a call over by
    /// sending packets at it, and what is left of an earlier call on this port does no harm.
    private func latch(_ leg: LegState, _ source: sockaddr_in, _ header: RTPHeader, _ now: UInt64) -> Bool {
        let isSame = Self.isSame(source, leg.remote)
        if leg.isLatched, !isSame, !Self.isSame(source, leg.signalled), now &- leg.lastHeard < 2_000_000_000 {
            return false
        }
        if !isSame || !leg.isLatched {
            let isFirst = !leg.isLatched
            leg.isLatched = true
            leg.remote = source
            leg.remoteRTCP = source
            leg.remoteRTCP.sin_port = (UInt16(bigEndian: source.sin_port) &+ 1).bigEndian
            leg.steadyPackets = 0
            if isFirst { leg.onEvent(.firstPacket) }
        } else if Self.isSame(source, leg.signalled) {
            leg.heardWhereSignalled()
        }
        if leg.remoteSSRC != header.ssrc {
            leg.remoteSSRC = header.ssrc
            if leg.statistics.received > 0 { leg.statistics = ReceiverStatistics(continuing: leg.statistics) }
        }
        return true
    }

    private static func isSame(_ one: sockaddr_in, _ other: sockaddr_in) -> Bool {
        one.sin_port == other.sin_port && one.sin_addr.s_addr == other.sin_addr.s_addr
    }

    /// Turns a packet of one leg into one of another: payload types, and A-law into u-law or back. False for a key that the
    /// other side could not understand.
    private func translate(
        _ packet: UnsafeMutableRawBufferPointer,
        _ from: MediaParameters,
        _ to: MediaParameters
    ) -> Bool {
        let second = unsafe packet[1]
        if second & 0x7F == from.telephoneEventPayloadType {
            guard let type = to.telephoneEventPayloadType else { return false }
            unsafe packet[1] = second & 0x80 | type
            return true
        }
        unsafe packet[1] = second & 0x80 | to.payloadType
        guard from.codec != to.codec, let (_, payload) = unsafe RTPHeader.parse(UnsafeRawBufferPointer(packet)) else {
            return true
        }
        let table = from.codec == .pcma ? G711.uLawOfALaw : G711.aLawOfULaw
        for index in payload { unsafe packet[index] = table[Int(packet[index])] }
        return true
    }

    private func record(_ payload: UnsafeRawBufferPointer, _ codec: MediaCodec, _ timestamp: UInt32, _ leg: LegState) {
        let table = codec == .pcma ? G711.linearOfALaw : G711.linearOfULaw
        let count = unsafe min(payload.count, io.frame.count)
        for index in 0..<count { unsafe io.frame[index] = table[Int(payload[index])] }
        unsafe leg.recorder?.hear(UnsafeBufferPointer(rebasing: io.frame[0..<count]), timestamp: timestamp)
    }

    func receiveRTCP(_ leg: LegState) {
        let now = Self.now()
        for index in 0..<io.receive(leg.rtcp) {
            let source = io.source(index)
            guard source.sin_addr.s_addr == leg.remote.sin_addr.s_addr else { continue }
            for packet in RTCPPacket.parse(unsafe Array(io.packet(index))) { take(packet, leg, now) }
        }
    }

    private func take(_ packet: RTCPPacket, _ leg: LegState, _ now: UInt64) {
        switch packet {
        case .senderReport(_, let ntp, _, _, _, let blocks):
            leg.lastSenderReport = UInt32(truncatingIfNeeded: ntp >> 16)
            leg.lastSenderReportArrival = now
            take(blocks, leg, now)
        case .receiverReport(_, let blocks): take(blocks, leg, now)
        case .sourceDescription, .goodbye: break
        }
    }

    private func take(_ blocks: [ReportBlock], _ leg: LegState, _ now: UInt64) {
        for block in blocks where block.ssrc == leg.ssrc {
            leg.roundTrip = block.roundTrip(at: UInt32(truncatingIfNeeded: Self.ntp(now) >> 16)) ?? leg.roundTrip
            leg.remoteLoss = (block.cumulativeLost, block.highestSequence)
        }
    }

    /// A monotonic clock in NTP's format: reports only ever compare it with itself.
    static func ntp(_ nanoseconds: UInt64) -> UInt64 {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return seconds << 32 | (rest << 32) / 1_000_000_000
    }
}
