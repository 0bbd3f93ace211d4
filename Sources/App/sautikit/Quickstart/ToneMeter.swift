import Foundation

/// Tells how long a tone is heard in a recording, and how long something else.
struct ToneMeter {
    /// Seconds in which the tone holds most of the energy.
    private(set) var toneSeconds = 0.0
    /// Seconds in which something other than the tone is clearly heard.
    private(set) var otherSeconds = 0.0

    /// Listens in windows of 50 ms, which hold whole periods of any tone at a multiple of 20 Hz.
    init(_ sound: WAVSound, hertz: Double) {
        let length = sound.sampleRate / 20
        guard length > 0, let count = sound.channels.map(\.count).min() else { return }
        for start in stride(from: 0, to: count - length + 1, by: length) {
            let parts = sound.channels.map {
                Self.split($0[start..<start + length], hertz: hertz, rate: Double(sound.sampleRate))
            }
            // About -50 and -40 dB of full scale: above the noise of G.711 beside a loud tone.
            if parts.contains(where: { $0.tone > 100 && $0.tone > $0.rest / 2 }) { toneSeconds += 0.05 }
            if parts.contains(where: { $0.rest > 300 && $0.rest > $0.tone / 20 }) { otherSeconds += 0.05 }
        }
    }

    /// The effective values of the tone and of all the rest (Goertzel's algorithm).
    private static func split(
        _ samples: ArraySlice<Int16>,
        hertz: Double,
        rate: Double
    ) -> (tone: Double, rest: Double) {
        let coefficient = 2 * cos(2 * Double.pi * hertz / rate)
        var (last, before, energy) = (0.0, 0.0, 0.0)
        for sample in samples {
            let value = Double(sample)
            (last, before) = (value + coefficient * last - before, last)
            energy += value * value
        }
        let count = Double(samples.count)
        let power = last * last + before * before - coefficient * last * before
        let tone = 2 * power / (count * count)
        return (sqrt(max(0, tone)), sqrt(max(0, energy / count - tone)))
    }
}
