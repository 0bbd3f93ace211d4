import Foundation
import MediaEngine
import RTPWire

/// Sounds to test with, at 8 kHz.
enum TestSound {
    static func silence(_ milliseconds: Int) -> [Int16] {
        [Int16](repeating: 0, count: 8 * milliseconds)
    }

    /// A press of a key that begins and ends at once.
    ///
    /// - Parameters:
    ///   - level: of the louder tone, in dBm0.
    ///   - twist: how much louder the column is than the row, in decibels.
    ///   - deviation: how far both are off their frequencies, in percent.
    static func key(
        _ key: Character,
        milliseconds: Int,
        level: Double = -10,
        twist: Double = 0,
        deviation: Double = 0
    ) -> [Int16] {
        let place = Array("123A456B789C*0#D").firstIndex(of: key) ?? 0
        let (low, high) = (DTMF.hertz[place / 4], DTMF.hertz[4 + place % 4])
        let stretch = (1 + deviation / 100) * 2 * .pi / 8000
        let lowPeak = SpeechLevel.amplitude(dBm0: level - max(0, twist))
        let highPeak = SpeechLevel.amplitude(dBm0: level + min(0, twist))
        return (0..<(8 * milliseconds)).map { index in
            let time = Double(index) * stretch
            return Int16(clamping: Int(lowPeak * sin(low * time + 1) + highPeak * sin(high * time)))
        }
    }

    /// What the other side hears through a law.
    static func through(_ law: CompandingLaw, _ samples: [Int16]) -> [Int16] {
        samples.map { sample in
            switch law {
            case .pcma: G711.linearOfALaw[Int(G711.aLaw(sample))]
            case .pcmu: G711.linearOfULaw[Int(G711.uLaw(sample))]
            }
        }
    }
}
