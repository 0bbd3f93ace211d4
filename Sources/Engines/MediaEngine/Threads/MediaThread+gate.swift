import Glibc
import RTPWire
import STUNWire

/// Legs whose one socket carries more than sound.
extension MediaThread {
    /// Hands a packet that was read to the leg's gate, or takes it as a report; true when it is sound from where the peer is.
    func isSound(_ index: Int, of leg: LegState, _ gate: any PacketGate, _ now: UInt64) -> Bool {
        let datagram = unsafe UnsafeRawBufferPointer(io.packet(index))
        let source = io.source(index)
        guard let kind = unsafe DatagramKind(datagram) else {
            leg.drops.malformed += 1
            return false
        }
        switch kind {
        case .stun, .dtls:
            let from = UDPSocket.address(of: source)
            let reaction = unsafe gate.receive(datagram, kind, from: from, at: now, answer: io.outgoing)
            leg.follow(reaction)
            if reaction.answerByteCount > 0 { transmit(reaction.answerByteCount, by: leg.rtp, to: source) }
            return false
        case .rtp, .rtcp:
            guard UDPSocket.isSame(source, leg.remote) || gate.isKnown(UDPSocket.address(of: source)) else {
                leg.drops.foreign += 1
                return false
            }
            if kind == .rtp { return true }
            // Before there are keys nobody can have sent a report.
            if leg.protection != nil { receiveReport(index, of: leg, now) } else { leg.drops.unauthentic += 1 }
            return false
        }
    }

    /// Sends something of the gate's own.
    func transmit(_ bytes: [UInt8], of leg: LegState, to address: STUNAddress) {
        guard bytes.count <= Self.packetBytes, let remote = UDPSocket.address(address) else { return }
        unsafe io.outgoing.copyBytes(from: bytes)
        transmit(bytes.count, by: leg.rtp, to: remote)
    }
}

extension LegState {
    /// Does what the gate wants.
    func follow(_ reaction: GateReaction) {
        if let address = reaction.remote, let remote = UDPSocket.address(address) { self.remote = remote }
        isUnwanted = !reaction.maySend
    }
}
