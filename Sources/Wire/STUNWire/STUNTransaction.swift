/// Names a transaction: 96 random bits (RFC 8489 section 5).
package struct STUNTransaction: Sendable, Hashable {
    /// The first four bytes.
    package let high: UInt32
    /// The other eight.
    package let low: UInt64

    /// Makes a name.
    package init(_ high: UInt32, _ low: UInt64) {
        self.high = high
        self.low = low
    }
}
