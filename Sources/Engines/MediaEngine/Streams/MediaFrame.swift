/// 20 ms of a leg's sound.
package struct MediaFrame: Sendable, Equatable {
    /// When it was said, since the tap was opened.
    package let offset: Duration
    /// Linear samples at the tap's rate.
    package let samples: [Int16]

    /// The samples as 16-bit little-endian bytes.
    package var bytes: [UInt8] {
        samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }
}
