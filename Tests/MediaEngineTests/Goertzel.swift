import Foundation

/// Measures how much of a sound is one frequency.
enum Goertzel {
    /// The share of the sound's energy at `hertz`, 0 to 1.
    static func share(of hertz: Double, in samples: [Int16]) -> Double {
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
