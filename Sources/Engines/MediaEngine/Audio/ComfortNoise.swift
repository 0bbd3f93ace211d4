import Glibc

/// The noise of a line on which nobody speaks (RFC 3389): white, as loud as the peer says. Its spectrum, which the peer may describe, too,
/// is left out.
struct ComfortNoise {
    /// Nobody is to be shouted at: louder noise than -30 dBov is made as loud as that.
    private static let loudest = 30
    /// -127 dBov is no sound at all.
    private static let quietest = 127
    /// Uniform samples have this root mean square at amplitude 1.
    private static let shape = 1 / 3.0.squareRoot()

    private let amplitude: Int32
    private var state: UInt32

    /// Reads the payload of a packet; an empty one, or one that is not of this kind, is silence.
    ///
    /// - Parameter seed: where the noise begins.
    init(_ payload: UnsafeRawBufferPointer, seed: UInt32) {
        let level = unsafe payload.first.map { Int($0 & 0x7F) } ?? Self.quietest
        let power = pow(10, -Double(max(level, Self.loudest)) / 20)
        amplitude = level == Self.quietest ? 0 : Int32(32_768 * power / Self.shape)
        state = seed | 1
    }

    /// Fills a frame.
    mutating func fill(_ frame: UnsafeMutableBufferPointer<Int16>) {
        for index in frame.indices {
            // xorshift32.
            state ^= state << 13
            state ^= state >> 17
            state ^= state << 5
            let sample = Int32(Int16(truncatingIfNeeded: state >> 16))
            unsafe frame[index] = Int16(truncatingIfNeeded: (sample * amplitude) >> 15)
        }
    }
}
