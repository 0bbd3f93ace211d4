import Glibc
import RTPWire
import STUNWire

/// Legs whose one socket carries more than sound.
extension MediaThread {
    /// Hands a packet that was read to the leg's gate, or takes it as a report; true when it is sound from where the peer is.
    ///
    /// - Parameter connection: what the packet came by; nil for the leg's socket.
    func isSound(
        _ index: Int,
        of leg: LegState,
        _ gate: any PacketGate,
        over connection: PacketConnection?,
        _ now: UInt64
    ) -> Bool {
        let datagram = unsafe UnsafeRawBufferPointer(io.packet(index))
        let source = io.source(index)
        guard let kind = unsafe DatagramKind(datagram) else {
            leg.drops.malformed += 1
            return false
        }
        switch kind {
        case .stun, .dtls:
            let from = connection?.remote ?? UDPSocket.address(of: source)
            let reaction = unsafe gate.receive(datagram, kind, from: from, at: now, answer: io.outgoing)
            leg.follow(reaction)
            guard reaction.answerByteCount > 0 else { return false }
            if let connection {
                transmit(reaction.answerByteCount, over: connection)
            } else {
                transmit(reaction.answerByteCount, by: leg.rtp, to: source)
            }
            return false
        case .rtp, .rtcp:
            let isExpected = connection == nil && UDPSocket.isSame(source, leg.remote)
            guard isExpected || gate.isKnown(connection?.remote ?? UDPSocket.address(of: source)) else {
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
        guard bytes.count <= Self.packetBytes else { return }
        unsafe io.outgoing.copyBytes(from: bytes)
        switch address.transport {
        case .udp: if let remote = UDPSocket.address(address) { transmit(bytes.count, by: leg.rtp, to: remote) }
        case .tcp: if let connection = leg.connection(from: address) { transmit(bytes.count, over: connection) }
        }
    }

    /// Sends what lies in `outgoing` to where a leg's peer is.
    func transmit(_ byteCount: Int, to leg: LegState) {
        if let connection = leg.connection {
            transmit(byteCount, over: connection)
        } else {
            transmit(byteCount, by: leg.rtp, to: leg.remote)
        }
    }

    private func transmit(_ byteCount: Int, over connection: PacketConnection) {
        unsafe connection.send(UnsafeRawBufferPointer(rebasing: io.outgoing[..<byteCount]))
    }
}

extension LegState {
    /// Does what the gate wants.
    func follow(_ reaction: GateReaction) {
        isUnwanted = !reaction.maySend
        guard let address = reaction.remote else { return }
        switch address.transport {
        case .udp:
            connection = nil
            if let remote = UDPSocket.address(address) { self.remote = remote }
        case .tcp:
            if connection?.remote == address, connection?.isOpen == true { return }
            connection = connection(from: address)
            // Gone without a word; the peer comes back by another, or its consent ends.
            if connection == nil { isUnwanted = true }
        }
    }
}
