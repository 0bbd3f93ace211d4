/// Turns 8 kHz into 16 kHz, piece by piece.
package struct Upsampler: Sendable {
    private static let pairs = HalfBandFilter.pairs
    /// The last samples of the pieces before.
    private var history = [Float](repeating: 0, count: 2 * pairs - 1)

    /// Makes one that has heard nothing.
    package init() {}

    /// Twice as many samples, 2 ms later.
    package mutating func process(_ samples: [Int16]) -> [Int16] {
        let input = history + samples.map { Float($0) }
        history = Array(input.suffix(2 * Self.pairs - 1))
        let taps = HalfBandFilter.taps
        var output: [Int16] = []
        output.reserveCapacity(2 * samples.count)
        for start in samples.indices {
            let middle = start + Self.pairs - 1
            var between: Float = 0
            for pair in 1...Self.pairs {
                between += taps[pair - 1] * (input[middle + 1 - pair] + input[middle + pair])
            }
            output.append(Int16(input[middle]))
            output.append(Int16(max(-32_768, min(32_767, (2 * between).rounded()))))
        }
        return output
    }
}
