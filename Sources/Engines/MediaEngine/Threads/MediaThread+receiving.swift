import CSockets
import Glibc
import RTPWire

/// What arrives: checked, counted, and handed to whoever hears it.
extension MediaThread {
    /// More sound than anybody sends at once: 160 ms.
    private static let longestPayload = 1280
    /// Nobody takes a call over from a peer that was heard within this time.
    private static let loyalty: UInt64 = 2_000_000_000

    /// - Parameter isBursting: whether there may be more than one packet. A paced stream has one at a time; one that is read
    ///   in two turns running has more.
    func receiveRTP(_ leg: LegState, isBursting: Bool) {
        leg.lastTurn = turn
        let count = isBursting ? io.receive(leg.rtp) : io.receiveOne(leg.rtp)
        guard count > 0 else { return }
        packetsSinceBeat += count
        let now = Self.now()
        let peer = listener(of: leg)
        var staged = 0
        for index in 0..<count where take(index, of: leg, over: nil, for: peer, now) {
            if let peer { staged = stage(index, at: staged, for: peer) }
        }
        if let peer { io.sendStaged(staged, by: peer.rtp) }
    }

    /// Who gets what a leg receives.
    func listener(of leg: LegState) -> LegState? {
        leg.isEcho ? leg : leg.bridge >= 0 ? legs[leg.bridge] : nil
    }

    /// Takes a packet that was read; true when it has become one for `peer`.
    ///
    /// - Parameter connection: what the packet came by; nil for the leg's socket.
    func take(
        _ index: Int,
        of leg: LegState,
        over connection: PacketConnection?,
        for peer: LegState?,
        _ now: UInt64
    ) -> Bool {
        let source = io.source(index)
        if let gate = leg.gate {
            guard isSound(index, of: leg, gate, over: connection, now) else { return false }
        } else if isForeign(source, leg, now) {
            leg.drops.foreign += 1
            return false
        }
        guard let packet = unsafe open(index, of: leg),
            let arrival = unsafe accept(UnsafeRawBufferPointer(packet), from: source, leg, now)
        else { return false }
        if let peer { chooseTranscoding(arrival.content, from: leg, to: peer) }
        unsafe hear(arrival, UnsafeRawBufferPointer(packet), leg, peer)
        guard let peer, unsafe pass(arrival, packet, from: leg, to: peer) else { return false }
        return !peer.drawsLoss() && seal(index, for: peer)
    }

    /// Makes a packet the next one to be sent, or sends it at once where packets go one by one; how many are staged then.
    ///
    /// Packets move up over those that were dropped; one is never staged below its own index.
    func stage(_ index: Int, at staged: Int, for peer: LegState) -> Int {
        if let connection = peer.connection {
            unsafe connection.send(UnsafeRawBufferPointer(io.packet(index)))
            return staged
        }
        unsafe withUnsafeMutablePointer(to: &peer.remote) { remote in
            unsafe io.stage(index, at: staged, to: peer.isFixed ? nil : remote)
        }
        return staged + 1
    }

    /// Checks and counts a packet; nil for one that nobody must hear.
    private func accept(
        _ packet: UnsafeRawBufferPointer,
        from source: sockaddr_in,
        _ leg: LegState,
        _ now: UInt64
    ) -> Arrival? {
        guard let (header, payload) = unsafe RTPHeader.parse(packet) else {
            leg.drops.malformed += 1
            return nil
        }
        guard let content = leg.parameters.flatMap({ $0.content(of: header.payloadType) }) else {
            leg.drops.unknownPayload += 1
            return nil
        }
        guard payload.count <= Self.longestPayload else {
            leg.drops.oversized += 1
            return nil
        }
        latch(leg, source, header)
        leg.lastHeard = now
        leg.hasReportedSilence = false
        leg.statistics.receive(
            sequence: header.sequence,
            timestamp: header.timestamp,
            arrival: Self.arrival(now, leg)
        )
        return Arrival(header: header, payload: payload, content: content)
    }

    /// A moment in units of the leg's timestamps.
    private static func arrival(_ now: UInt64, _ leg: LegState) -> UInt32 {
        let unitsPerMillisecond = UInt64(leg.parameters?.codec.clockRate ?? 8000) / 1000
        return UInt32(truncatingIfNeeded: now / 1000 * unitsPerMillisecond / 1000)
    }

    /// Symmetric RTP: the first valid packet says where the peer really is, unless packets come from where signalling said.
    /// Another source is believed only after the first has been silent for a while, so that nobody can take a call over by
    /// sending packets at it, and what is left of an earlier call on this port does no harm.
    private func isForeign(_ source: sockaddr_in, _ leg: LegState, _ now: UInt64) -> Bool {
        leg.isLatched && !UDPSocket.isSame(source, leg.remote) && !UDPSocket.isSame(source, leg.signalled)
            && now &- leg.lastHeard < Self.loyalty
    }

    private func latch(_ leg: LegState, _ source: sockaddr_in, _ header: RTPHeader) {
        if leg.gate != nil {
            if !leg.isLatched { leg.onEvent(.firstPacket) }
            leg.isLatched = true
        } else if !leg.isLatched || !UDPSocket.isSame(source, leg.remote) {
            let isFirst = !leg.isLatched
            leg.isLatched = true
            leg.remote = source
            leg.remoteRTCP = source
            leg.remoteRTCP.sin_port = (UInt16(bigEndian: source.sin_port) &+ 1).bigEndian
            leg.steadyPackets = 0
            if isFirst { leg.onEvent(.firstPacket) }
        } else if UDPSocket.isSame(source, leg.signalled) {
            leg.heardWhereSignalled()
        }
        guard leg.remoteSSRC != header.ssrc else { return }
        leg.remoteSSRC = header.ssrc
        leg.noise = nil
        // Another stream has other timestamps.
        leg.detector = DigitDetector(clockRate: leg.parameters?.codec.clockRate ?? 8000)
        leg.opusReceiver?.restart()
        if leg.statistics.received > 0 { leg.statistics = ReceiverStatistics(continuing: leg.statistics) }
    }

    /// Hands a packet to those who listen to the leg, and to the recorder of the one it is passed on to.
    private func hear(_ arrival: Arrival, _ packet: UnsafeRawBufferPointer, _ leg: LegState, _ peer: LegState?) {
        let body = unsafe UnsafeRawBufferPointer(rebasing: packet[arrival.payload])
        switch arrival.content {
        case .key:
            guard let event = unsafe TelephoneEvent(body),
                let key = leg.detector.receive(
                    event,
                    timestamp: arrival.header.timestamp,
                    marker: arrival.header.marker
                )
            else { return }
            leg.onEvent(.digit(key))
            // Who cannot take the event as it is gets one of ours, or hears the key.
            if let peer, leg.isHeard, !peer.takesEvents(of: leg) { peer.keys.add(String(key)) }
        case .noise: leg.noise = unsafe ComfortNoise(body, seed: arrival.header.timestamp)
        case .sound(let codec):
            leg.noise = nil
            // What is coded anew is recorded when it is sent.
            let isRecordedThere = peer?.recorders.isEmpty == false && !leg.isTranscoded
            guard leg.wantsSamples || isRecordedThere,
                let (samples, timestamp) = unsafe decode(body, codec, arrival.header.timestamp, leg)
            else { return }
            unsafe listen(samples, leg)
            guard leg.isHeard else { return }
            unsafe leg.recordHeard(samples, timestamp: timestamp)
            unsafe leg.jitter?.put(samples, timestamp: timestamp)
            if isRecordedThere, peer?.isListening == true { unsafe peer?.recordPassed(samples, timestamp: timestamp) }
        }
    }

    /// The samples of a packet, and the moment of the first in samples; nil for what nobody is to hear.
    private func decode(
        _ payload: UnsafeRawBufferPointer,
        _ codec: MediaCodec,
        _ timestamp: UInt32,
        _ leg: LegState
    ) -> (samples: UnsafeBufferPointer<Int16>, timestamp: UInt32)? {
        guard case .law(let law) = codec else { return unsafe leg.decodeOpus(payload, timestamp: timestamp) }
        let table = law.linear
        for index in payload.indices { unsafe io.frame[index] = table[Int(payload[index])] }
        return unsafe (UnsafeBufferPointer(rebasing: io.frame[0..<payload.count]), timestamp)
    }

    /// Listens for keys and for speech.
    private func listen(_ samples: UnsafeBufferPointer<Int16>, _ leg: LegState) {
        unsafe leg.watch?.hear(samples)
        guard leg.tones != nil else { return }
        for index in samples.indices {
            if let key = unsafe leg.tones?.hear(samples[index]) { leg.onEvent(.digit(key)) }
        }
    }

    /// Turns a packet of one leg into one of another: its stream's numbers, payload types, and A-law into u-law or back; Opus stays
    /// as it is. False for one that the other does not get, or not as it came.
    private func pass(
        _ arrival: Arrival,
        _ packet: UnsafeMutableRawBufferPointer,
        from leg: LegState,
        to peer: LegState
    ) -> Bool {
        guard leg.isHeard, peer.isListening || peer.isEcho, !leg.isTranscoded, let to = peer.parameters else {
            return false
        }
        var header = arrival.header
        switch arrival.content {
        case .key:
            guard let type = to.telephoneEventPayloadType, peer.takesEvents(of: leg) else { return false }
            header.payloadType = type
        // Few telephones know it: the other hears the noise itself.
        case .noise: return false
        case .sound(let codec):
            guard codec.passes(as: to.codec) else { return false }
            header.payloadType = to.payloadType
            if codec != to.codec, case .law(let law) = codec {
                let table = law.translation
                for index in arrival.payload { unsafe packet[index] = table[Int(packet[index])] }
            }
        }
        unsafe peer.stream.pass(header).rewrite(packet)
        peer.packetsSent += 1
        peer.payloadBytesSent += UInt64(arrival.payload.count)
        peer.quietBeats = 0
        peer.isTalking = false
        return true
    }
}
