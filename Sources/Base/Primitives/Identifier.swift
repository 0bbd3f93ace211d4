/// A 128-bit time-ordered identifier (UUID version 7, RFC 9562 section 5.7), the one identity of every row.
///
/// It is rendered per dialect (`uuidString`, `rendered(prefix:)`, `hexUpper`) and read back from any rendering.
package struct Identifier: Sendable, Hashable, Comparable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes a version 7 identifier: 48 bits of Unix milliseconds, then 74 bits of `random` around version and variant.
    ///
    /// - Parameters:
    ///   - moment: the time in the leading bits, by which identifiers sort.
    ///   - random: 128 bits, of which 74 are used.
    package init(at moment: Timestamp, random: (UInt64, UInt64)) {
        let milliseconds = UInt64(bitPattern: moment.millisecondsSinceEpoch) & 0xFFFF_FFFF_FFFF
        high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
        low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
    }

    /// The first identifier that a moment can have, for spans of time that are looked up by id; a moment that identifiers
    /// cannot hold is the nearest that they can.
    package static func first(at moment: Timestamp) -> Identifier {
        let milliseconds = min(max(moment.millisecondsSinceEpoch, 0), 1 << 48 - 1)
        return Identifier(at: Timestamp(millisecondsSinceEpoch: milliseconds), random: (0, 0))
    }

    /// Reads 16 bytes in network order; nil for another count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        var (high, low): (UInt64, UInt64) = (0, 0)
        for index in 0..<8 {
            high = high << 8 | UInt64(bytes[index])
            low = low << 8 | UInt64(bytes[index + 8])
        }
        self.init(high: high, low: low)
    }

    /// The 16 bytes in network order.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        for word in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        return bytes
    }

    /// The moment in the leading 48 bits, meaningful for version 7.
    package var moment: Timestamp {
        Timestamp(millisecondsSinceEpoch: Int64(high >> 16))
    }

    /// The same with another time: later by `offset`, or earlier; a time that identifiers cannot hold is the nearest.
    package func moved(by offset: Duration) -> Identifier {
        let milliseconds = min(max(Int64(high >> 16) + offset.wholeMilliseconds, 0), 1 << 48 - 1)
        return Identifier(high: UInt64(milliseconds) << 16 | high & 0xFFFF, low: low)
    }

    /// An identifier of version 7 that sorts after this one, most likely of the same millisecond; as far from it as the
    /// random bits of `other` say, so that what follows one identifier twice is not the same twice.
    package func successor(by other: Identifier) -> Identifier {
        IdentifierOrder.successor(of: self, step: max(other.low & 0x3FFF_FFFF_FFFF_FFFF, 1))
    }

    /// Orders by the bits, and so by time of making.
    package static func < (left: Identifier, right: Identifier) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
