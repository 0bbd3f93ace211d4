/// Keeps identifiers of one source strictly rising (RFC 9562 section 6.2): within a millisecond, or when the clock steps
/// back, the last identifier is counted up instead of drawing a new one.
struct IdentifierOrder {
    private var last: Identifier?

    mutating func next(at moment: Timestamp, random: (UInt64, UInt64)) -> Identifier {
        var fresh = Identifier(at: moment, random: random)
        if let last, fresh <= last { fresh = Self.successor(of: last, step: random.0 >> 40 + 1) }
        last = fresh
        return fresh
    }

    /// A step of up to 24 random bits keeps the next identifier hard to guess; the carry goes into the 12 bits of `rand_a`
    /// and from there into the time.
    static func successor(of identifier: Identifier, step: UInt64) -> Identifier {
        let tail = identifier.low & 0x3FFF_FFFF_FFFF_FFFF
        let sum = tail + step
        guard sum > 0x3FFF_FFFF_FFFF_FFFF else {
            return Identifier(high: identifier.high, low: 0x8000_0000_0000_0000 | sum)
        }
        let counter = identifier.high & 0x0FFF
        let high = counter == 0x0FFF ? (identifier.high >> 16 + 1) << 16 | 0x7000 : identifier.high + 1
        return Identifier(high: high, low: 0x8000_0000_0000_0000 | sum & 0x3FFF_FFFF_FFFF_FFFF)
    }
}
