import Glibc

/// Makes tones.
package enum ToneGenerator {
    /// Samples a second of the telephone network.
    package static let sampleRate = 8000

    /// A sine at a quarter of full scale, faded in and out over 5 ms so that it does not click.
    package static func samples(hertz: Double, duration: Duration) -> [Int16] {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        let count = max(0, Int(milliseconds) * sampleRate / 1000)
        let fade = 40
        return (0..<count).map { index in
            let edge = min(index, count - 1 - index, fade)
            let gain = 8191.0 * Double(edge) / Double(fade)
            return Int16(gain * sin(2 * .pi * hertz * Double(index) / Double(sampleRate)))
        }
    }
}
