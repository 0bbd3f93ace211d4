import CSockets
import Glibc
import RTPWire

/// What a leg makes by itself every 20 ms: sound, keys, silence.
extension MediaThread {
    /// When nothing was passed on for this many beats, we send silence.
    private static let longestGap = 5

    func beatLeg(_ leg: LegState, _ parameters: MediaParameters, _ now: UInt64) {
        if parameters.direction.sends, !leg.isEcho { speak(leg, parameters) }
        leg.stream.advance(samples: 160)
        if leg.recorder?.advance() == true { leg.onEvent(.recordingLimitReached) }
        if let news = leg.watch?.beat() { leg.onEvent(news) }
        // Silent for a second, the peer may have moved.
        if leg.isFixed, now &- leg.lastHeard > 1_000_000_000 { leg.release() }
        if parameters.direction.receives, now &- leg.lastHeard > silenceTimeoutNanoseconds, !leg.hasReportedSilence {
            leg.hasReportedSilence = true
            leg.onEvent(.silence)
        }
        if now >= leg.nextReport { report(leg, now) }
    }

    /// Sends what the peer is to hear now: keys before what is played, and that before what others say. Silence is sent too:
    /// it keeps the way through a NAT open, and many peers hang up on a stream that stops.
    private func speak(_ leg: LegState, _ parameters: MediaParameters) {
        leg.quietBeats += 1
        if leg.bridge >= 0, !leg.hasOwnSound, leg.quietBeats <= Self.longestGap { return }
        let frame = unsafe UnsafeMutableBufferPointer(rebasing: io.frame[0..<160])
        var ended: Int?
        let key = leg.keys.next(inBand: parameters.telephoneEventPayloadType == nil)
        switch key {
        case .event(let event, let isFirst):
            unsafe frame.update(repeating: 0)
            if let type = parameters.telephoneEventPayloadType { sendKey(leg, event, isFirst, payloadType: type) }
        case .tone(let code, let place):
            let press = DTMF.presses[Int(code)]
            for index in 0..<160 { unsafe frame[index] = press[160 * place + index] }
        case .pause: unsafe frame.update(repeating: 0)
        case nil: ended = unsafe leg.player.fill(frame)
        }
        unsafe leg.recorder?.say(UnsafeBufferPointer(frame))
        if case .event = key {} else { unsafe sendSound(leg, parameters, UnsafeBufferPointer(frame)) }
        if key != nil, leg.keys.isIdle, leg.tellsOfKeys {
            leg.tellsOfKeys = false
            leg.onEvent(.digitsSent)
        }
        if let ended { leg.onEvent(.playFinished(id: ended)) }
    }

    private func sendSound(_ leg: LegState, _ parameters: MediaParameters, _ frame: UnsafeBufferPointer<Int16>) {
        unsafe parameters.codec.encode(
            frame,
            to: UnsafeMutableRawBufferPointer(rebasing: io.outgoing[RTPHeader.byteCount...])
        )
        let header = leg.stream.own(payloadType: parameters.payloadType, marker: !leg.isTalking)
        leg.isTalking = true
        send(leg, header, payloadBytes: frame.count)
    }

    private func sendKey(_ leg: LegState, _ event: TelephoneEvent, _ isFirst: Bool, payloadType: UInt8) {
        if isFirst { leg.keyTimestamp = leg.stream.timestamp }
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
        unsafe header.write(to: io.outgoing)
        leg.packetsSent += 1
        leg.payloadBytesSent += UInt64(payloadBytes)
        guard !leg.drawsLoss() else { return }
        transmit(RTPHeader.byteCount + payloadBytes, by: leg.rtp, to: leg.remote)
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
