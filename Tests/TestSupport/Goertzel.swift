import Foundation

/// Measures how much of a sound is one frequency.
package enum Goertzel {
    /// The share of energy at `hertz` in the half second where it is greatest, 0 to 1: a busy machine may have stretched
    /// the recording, but not the tone in it.
    package static func share(of hertz: Double, in samples: [Int16]) -> Double {
        stride(from: 0, to: max(1, samples.count - 4000), by: 1000)
            .map { shareOfWindow(hertz, samples[$0..<min($0 + 4000, samples.count)]) }
            .max() ?? 0
    }

    private static func shareOfWindow(_ hertz: Double, _ samples: ArraySlice<Int16>) -> Double {
        let coefficient = 2 * cos(2 * .pi * hertz / 8000)
        var (last, beforeLast) = (0.0, 0.0)
        var energy = 0.0
        for sample in samples {
            let value = Double(sample)
            (last, beforeLast) = (value + coefficient * last - beforeLast, last)
            energy += value * value
        }
        let power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast
        return energy == 0 ? 0 : 2 * power / (energy * Double(samples.count))
    }
}
