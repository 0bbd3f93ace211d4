import CSockets
import Glibc
import RTPWire

/// What a leg makes by itself every 20 ms: sound, keys, silence.
extension MediaThread {
    /// When nothing was passed on for this many beats, we send silence.
    private static let longestGap = 5

    func beatLeg(_ leg: LegState, _ parameters: MediaParameters, _ now: UInt64) {
        if parameters.direction.sends, !leg.isEcho { speak(leg, parameters) }
        leg.stream.advance(samples: 160 * parameters.codec.unitsPerSample)
        while leg.feed.hasMarks, let mark = leg.feed.takeMark() { leg.onEvent(.markPlayed(mark)) }
        deliver(leg)
        leg.advanceRecordings()
        leg.opusReceiver?.beat()
        if let news = leg.watch?.beat() { leg.onEvent(news) }
        // Silent for a second, the peer may have moved.
        if leg.isFixed, now &- leg.lastHeard > 1_000_000_000 { leg.release() }
        if parameters.direction.receives, now &- leg.lastHeard > silenceTimeoutNanoseconds, !leg.hasReportedSilence {
            leg.hasReportedSilence = true
            leg.onEvent(.silence)
        }
        if now >= leg.nextReport { report(leg, now) }
        if let gate = leg.gate { beat(leg, gate, now) }
    }

    private func beat(_ leg: LegState, _ gate: any PacketGate, _ now: UInt64) {
        leg.beatsToGate += 1
        guard leg.beatsToGate == 50 else { return }
        leg.beatsToGate = 0
        leg.follow(gate.beat(at: now))
    }

    /// Sends what the peer is to hear now: keys before what is played over all else, that before hold music, that before what
    /// is played, and that before what others say. Silence is sent too: it keeps the way through a NAT open, and many peers
    /// hang up on a stream that stops.
    private func speak(_ leg: LegState, _ parameters: MediaParameters) {
        leg.quietBeats += 1
        leg.isInterrupted = leg.hasOwnSound
        if !leg.isInterrupted {
            if let room = leg.room, !leg.isHeld || room.isWaiting(leg) { return speak(leg, in: room, parameters) }
            if leg.bridge >= 0, !leg.isHeld, !hearsNoise(leg), let partner = legs[leg.bridge] {
                if partner.isTranscoded { return speak(leg, after: partner, parameters) }
                if leg.quietBeats <= Self.longestGap { return overhear(leg, partner) }
            }
        }
        if let key = leg.keys.next(inBand: parameters.telephoneEventPayloadType == nil) {
            return press(key, leg, parameters)
        }
        let frame = unsafe UnsafeMutableBufferPointer(rebasing: io.frame[0..<160])
        var ended: Int?
        if !leg.overlay.isIdle {
            _ = unsafe leg.overlay.fill(frame)
        } else if leg.isHeld {
            _ = unsafe leg.holdMusic.fill(frame)
        } else if !leg.player.isIdle {
            ended = unsafe leg.player.fill(frame)
        } else if hearsNoise(leg) {
            unsafe legs[leg.bridge]?.noise?.fill(frame)
        } else {
            unsafe leg.feed.fill(frame)
        }
        unsafe say(UnsafeBufferPointer(frame), leg, parameters)
        if let ended { leg.onEvent(.playFinished(id: ended)) }
    }

    /// The other's packets are passed on as they come; whoever listens in hears them in beats.
    private func overhear(_ leg: LegState, _ partner: LegState) {
        guard !leg.taps.isEmpty, let frame = partner.jitter?.frame else { return }
        for index in leg.said.indices { leg.said[index] = frame[index] }
    }

    /// Whether the other of a bridge is silent and has said how that sounds.
    private func hearsNoise(_ leg: LegState) -> Bool {
        guard leg.bridge >= 0, !leg.isInterrupted, let other = legs[leg.bridge] else { return false }
        return other.noise != nil && other.isHeard
    }

    /// Sends what is heard in a room.
    private func speak(_ leg: LegState, in room: RoomState, _ parameters: MediaParameters) {
        let isWaiting = room.isWaiting(leg)
        if leg.isMixed, !isWaiting {
            let frame = unsafe UnsafeMutableBufferPointer(rebasing: io.frame[0..<160])
            unsafe room.hear(without: leg, in: frame)
            return unsafe say(UnsafeBufferPointer(frame), leg, parameters)
        }
        guard case .law(let law) = parameters.codec else {
            // Each stream of Opus goes on from its own past: none is made for all.
            return unsafe room.samples(isWaiting: isWaiting).withUnsafeBufferPointer { unsafe say($0, leg, parameters) }
        }
        if leg.isSaidWanted {
            unsafe room.samples(isWaiting: isWaiting).withUnsafeBufferPointer { unsafe leg.recordSaid($0) }
        }
        let bytes = room.encoded(law, isWaiting: isWaiting)
        unsafe UnsafeMutableRawBufferPointer(rebasing: io.outgoing[RTPHeader.byteCount...]).copyBytes(from: bytes)
        sendSound(leg, parameters, byteCount: bytes.count)
    }

    private func press(_ key: KeySender.Step, _ leg: LegState, _ parameters: MediaParameters) {
        let frame = unsafe UnsafeMutableBufferPointer(rebasing: io.frame[0..<160])
        unsafe frame.update(repeating: 0)
        if case .tone(let code, let place) = key {
            let press = DTMF.presses[Int(code)]
            for index in 0..<160 { unsafe frame[index] = press[160 * place + index] }
        }
        if case .event(let event, let isFirst) = key, let type = parameters.telephoneEventPayloadType {
            unsafe leg.recordSaid(UnsafeBufferPointer(frame))
            sendKey(leg, event, isFirst, parameters, payloadType: type)
        } else {
            unsafe say(UnsafeBufferPointer(frame), leg, parameters)
        }
        guard leg.keys.isIdle, leg.tellsOfKeys else { return }
        leg.tellsOfKeys = false
        leg.onEvent(.digitsSent)
    }

    /// Sends samples.
    func say(_ frame: UnsafeBufferPointer<Int16>, _ leg: LegState, _ parameters: MediaParameters) {
        unsafe leg.recordSaid(frame)
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: io.outgoing[RTPHeader.byteCount...])
        guard let count = unsafe leg.encode(frame, parameters.codec, to: room) else {
            leg.drops.unsent += 1
            return
        }
        sendSound(leg, parameters, byteCount: count)
    }

    /// Sends the encoded sound that lies behind the header.
    private func sendSound(_ leg: LegState, _ parameters: MediaParameters, byteCount: Int) {
        let header = leg.stream.own(payloadType: parameters.payloadType, marker: !leg.isTalking)
        leg.isTalking = true
        send(leg, header, payloadBytes: byteCount)
    }

    private func sendKey(
        _ leg: LegState,
        _ event: TelephoneEvent,
        _ isFirst: Bool,
        _ parameters: MediaParameters,
        payloadType: UInt8
    ) {
        if isFirst { leg.keyTimestamp = leg.stream.timestamp }
        var event = event
        event.duration *= UInt16(parameters.telephoneEventClockRate / MediaCodec.pcma.clockRate)
        let bytes = event.bytes
        unsafe io.outgoing[RTPHeader.byteCount] = bytes.0
        unsafe io.outgoing[RTPHeader.byteCount + 1] = bytes.1
        unsafe io.outgoing[RTPHeader.byteCount + 2] = bytes.2
        unsafe io.outgoing[RTPHeader.byteCount + 3] = bytes.3
        let header = leg.stream.own(payloadType: payloadType, marker: isFirst, timestamp: leg.keyTimestamp)
        leg.isTalking = false
        send(leg, header, payloadBytes: 4)
    }

    /// Sends the payload that lies behind the header.
    private func send(_ leg: LegState, _ header: RTPHeader, payloadBytes: Int) {
        if leg.isUnwanted { return }
        unsafe header.write(to: io.outgoing)
        leg.packetsSent += 1
        leg.payloadBytesSent += UInt64(payloadBytes)
        guard !leg.drawsLoss(), let count = sealOutgoing(RTPHeader.byteCount + payloadBytes, for: leg) else { return }
        transmit(count, to: leg)
    }

    func transmit(_ byteCount: Int, by descriptor: Int32, to remote: sockaddr_in) {
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
}
