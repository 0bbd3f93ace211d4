/// Which packets of a source there have been: the newest and those of the 128 before it (RFC 3711 section 3.3.2). A value.
struct ReplayWindow {
    /// As far as a packet may be behind the newest, in packets.
    static let size: UInt64 = 128

    private var newest: UInt64 = 0
    /// Bit n stands for the packet n before the newest.
    private var seen: UInt128 = 0

    /// The index of a packet of sound by its sequence number: that which is nearest to the newest (RFC 3711 appendix A); nil when
    /// it would be before the first.
    func index(of sequence: UInt16) -> UInt64? {
        guard seen != 0 else { return UInt64(sequence) }
        let (rollovers, last) = (newest >> 16, Int(newest & 0xFFFF))
        let distance = Int(sequence) - last
        if last < 0x8000, distance > 0x8000 { return rollovers == 0 ? nil : (rollovers - 1) << 16 | UInt64(sequence) }
        if last >= 0x8000, distance < -0x8000 { return (rollovers + 1) << 16 | UInt64(sequence) }
        return rollovers << 16 | UInt64(sequence)
    }

    /// Whether there has been no such packet, and it is not too old to know.
    func admits(_ index: UInt64) -> Bool {
        if seen == 0 || index > newest { return true }
        let age = newest - index
        return age < Self.size && seen & (1 << UInt128(age)) == 0
    }

    /// Remembers a packet that was admitted.
    mutating func add(_ index: UInt64) {
        if seen == 0 || index > newest {
            let step = seen == 0 ? Self.size : index - newest
            seen = step >= Self.size ? 1 : seen << UInt128(step) | 1
            newest = index
        } else {
            seen |= 1 << UInt128(newest - index)
        }
    }
}
