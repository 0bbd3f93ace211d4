import Foundation

/// Makes sound that is like speech where it matters to a detector of tones: a gliding pitch with many harmonics, shaped by
/// formants that move and sometimes sharply favour two of them, hisses, and pauses.
struct SpeechLikeSound {
    private var state: UInt64
    private var phase = 0.0

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// Uniform, -1 to 1.
    mutating func noise() -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Double(state >> 11) / Double(1 << 52) - 1
    }

    mutating func samples(seconds: Int) -> [Int16] {
        var result: [Int16] = []
        while result.count < 8000 * seconds {
            switch abs(noise()) {
            case ..<0.65: result += voiced()
            case ..<0.8: result += (0..<Int(400 + 400 * abs(noise()))).map { _ in Int16(2000 * noise()) }
            default: result += [Int16](repeating: 0, count: Int(400 + 1600 * abs(noise())))
            }
        }
        return result
    }

    /// A syllable of 60 to 300 ms.
    private mutating func voiced() -> [Int16] {
        let count = Int(1440 + 960 * noise())
        let pitch = 170 + 90 * noise()
        let glide = 0.15 * noise()
        let first = (500 + 300 * noise(), 400 * noise())
        let second = (1500 + 450 * noise(), 500 * noise())
        let width = 50 + 60 * abs(noise())
        let loudness = 1500 + 6000 * abs(noise())
        var unsteadiness = 0.0
        return (0..<count).map { index in
            let moment = Double(index) / Double(count)
            // Voices tremble by about a percent.
            unsteadiness = 0.995 * unsteadiness + 0.001 * noise()
            let current = pitch * (1 + glide * moment + unsteadiness)
            phase += 2 * .pi * current / 8000
            let formants = (first.0 + first.1 * moment, second.0 + second.1 * moment)
            var sum = 0.03 * noise()
            for harmonic in 1...Int(3600 / current) {
                let hertz = Double(harmonic) * current
                let gain =
                    Self.resonance(hertz - formants.0, width) + 0.7 * Self.resonance(hertz - formants.1, width)
                    + 0.2 * Self.resonance(hertz - 2500, 2 * width)
                sum += gain * sin(phase * Double(harmonic))
            }
            let edge = min(1, Double(min(index, count - 1 - index)) / 160)
            return Int16(clamping: Int(edge * loudness * sum))
        }
    }

    /// How much of a harmonic is left at some distance from a formant.
    private static func resonance(_ distance: Double, _ width: Double) -> Double {
        1 / (1 + (2 * distance / width) * (2 * distance / width)).squareRoot()
    }
}
