/// Keeps sums of voices within what a sample can say: up to three quarters of it they stay as they are, above they are
/// pressed together, so that nothing wraps and little is cut off.
package enum SoftLimiter {
    private static let knee: Int32 = 24_576
    private static let room: Int32 = 32_767 - knee

    /// A sample for any sum of up to some thousand voices.
    package static func limit(_ sum: Int32) -> Int16 {
        guard sum > knee || sum < -knee else { return Int16(truncatingIfNeeded: sum) }
        let excess = Int64(sum.magnitude) - Int64(knee)
        let pressed = Int64(knee) + excess * Int64(room) / (excess + Int64(room))
        return Int16(truncatingIfNeeded: sum < 0 ? -pressed : pressed)
    }
}
