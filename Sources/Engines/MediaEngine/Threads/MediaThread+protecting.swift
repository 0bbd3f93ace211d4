import SecureMedia

/// What passes between the wire and the rest of the thread, of legs that have keys. For all others it is as it came.
extension MediaThread {
    /// A packet that was read, as the peer made it; nil for one that is not the peer's.
    func open(
        _ index: Int,
        of leg: LegState,
        as kind: SRTPPacketKind = .rtp
    ) -> UnsafeMutableRawBufferPointer? {
        guard let protection = leg.protection else { return unsafe io.packet(index) }
        do throws(SRTPFailure) {
            io.resize(index, to: try unsafe protection.receiver.unprotect(io.packet(index), as: kind))
            return unsafe io.packet(index)
        } catch {
            leg.drops.count(error)
            return nil
        }
    }

    /// Makes a packet that was read one that can be sent to a peer; false for one that must not be.
    func seal(_ index: Int, for peer: LegState) -> Bool {
        guard !peer.isUnwanted else { return false }
        guard let protection = peer.protection else { return true }
        do throws(SRTPFailure) {
            let count = unsafe io.packet(index).count
            io.resize(index, to: try unsafe protection.sender.protect(io.slot(index), count: count))
            return true
        } catch {
            peer.drops.unsent += 1
            return false
        }
    }

    /// The same for what we made; returns its bytes, or nil.
    func sealOutgoing(_ count: Int, for peer: LegState, as kind: SRTPPacketKind = .rtp) -> Int? {
        guard !peer.isUnwanted else { return nil }
        guard let protection = peer.protection else { return count }
        do throws(SRTPFailure) {
            return try unsafe protection.sender.protect(io.outgoing, count: count, as: kind)
        } catch {
            peer.drops.unsent += 1
            return nil
        }
    }
}
