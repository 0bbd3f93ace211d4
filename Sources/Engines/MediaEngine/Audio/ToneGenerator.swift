import Glibc

/// Makes tones: a sine at a quarter of full scale, faded in and out over 5 ms so that it does not click.
package enum ToneGenerator {
    /// Samples a second of the telephone network.
    package static let sampleRate = 8000
    private static let fade = 40

    /// All samples of a tone.
    package static func samples(hertz: Double, duration: Duration) -> [Int16] {
        let sound = sound(hertz: hertz, duration: duration)
        var samples = [Int16](repeating: 0, count: sound.count)
        unsafe samples.withUnsafeMutableBufferPointer { unsafe sound.copy(from: 0, to: $0) }
        return samples
    }

    /// A tone of a whole frequency repeats after 8000 / gcd(8000, frequency) samples; any other is kept whole.
    static func sound(hertz: Double, duration: Duration) -> Sound {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        let count = max(0, Int(milliseconds) * sampleRate / 1000)
        let isWhole = hertz == hertz.rounded() && (1...Double(sampleRate)).contains(hertz)
        let length = isWhole ? min(count, sampleRate / divisor(sampleRate, Int(hertz))) : count
        let cycle = (0..<length).map { Int16(8191 * sin(2 * .pi * hertz * Double($0) / Double(sampleRate))) }
        return Sound(cycle: cycle, count: count, fade: fade)
    }

    private static func divisor(_ one: Int, _ other: Int) -> Int {
        other == 0 ? one : divisor(other, one % other)
    }
}
