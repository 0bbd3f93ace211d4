/// Turns 16 kHz into 8 kHz, piece by piece, and keeps out what 8 kHz cannot say.
package struct Downsampler: Sendable {
    private static let pairs = HalfBandFilter.pairs
    /// The last samples of the pieces before; one more when these were an odd number.
    private var history = [Float](repeating: 0, count: 4 * pairs - 2)

    /// Makes one that has heard nothing.
    package init() {}

    /// Half as many samples, 2 ms later; a single sample that is left waits for the next piece.
    package mutating func process(_ samples: [Int16]) -> [Int16] {
        let input = history + samples.map { Float($0) }
        let taps = HalfBandFilter.taps
        let width = 4 * Self.pairs - 1
        var output: [Int16] = []
        output.reserveCapacity(samples.count / 2 + 1)
        var start = 0
        while start + width < input.count {
            let middle = start + 2 * Self.pairs - 1
            var sum = input[middle] / 2
            for pair in 1...Self.pairs {
                sum += taps[pair - 1] * (input[middle + 1 - 2 * pair] + input[middle - 1 + 2 * pair])
            }
            output.append(Int16(max(-32_768, min(32_767, sum.rounded()))))
            start += 2
        }
        history = Array(input.dropFirst(start))
        return output
    }
}
