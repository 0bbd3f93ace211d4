import Glibc

/// A short quiet tune over broken chords, made of plucked strings. It is written into a ring: what still sounds at the end
/// goes on at the beginning, so that a round follows a round without a click or a gap.
enum HoldMusic {
    private static let rate = 8000.0
    private static let secondsPerBeat = 0.42
    private static let beatsPerBar = 4

    /// One bar each: the notes of its chord from below (as MIDI numbers), and a melody of a note for each beat, 0 for none.
    private static let bars: [(chord: [Int], melody: [Int])] = [
        ([48, 55, 60, 64], [76, 0, 79, 0]), ([45, 52, 57, 60], [76, 74, 72, 0]),
        ([41, 48, 53, 57], [69, 0, 72, 74]), ([43, 50, 55, 59], [74, 71, 67, 0]),
        ([48, 55, 60, 64], [72, 0, 76, 0]), ([40, 47, 52, 55], [71, 72, 74, 0]),
        ([41, 48, 53, 57], [72, 69, 65, 0]), ([43, 50, 55, 59], [67, 69, 71, 74]),
    ]

    static let samples: [Int16] = {
        let count = Int(Double(bars.count * beatsPerBar) * secondsPerBeat * rate)
        var ring = [Double](repeating: 0, count: count)
        for (bar, part) in bars.enumerated() {
            for beat in 0..<beatsPerBar {
                let start = Double(bar * beatsPerBar + beat) * secondsPerBeat
                pluck(part.chord[beat], at: start, volume: 0.5, into: &ring)
                pluck(part.chord[(beat + 2) % 4] + 12, at: start + secondsPerBeat / 2, volume: 0.25, into: &ring)
                if part.melody[beat] > 0 { pluck(part.melody[beat], at: start, volume: 0.6, into: &ring) }
            }
        }
        // At -12 dBFS, as the tones are.
        let peak = ring.lazy.map(abs).max() ?? 1
        return ring.map { Int16($0 / peak * 8191) }
    }()

    /// A string: a tone and its first overtones, which die away the sooner the higher they are.
    private static func pluck(_ note: Int, at start: Double, volume: Double, into ring: inout [Double]) {
        let hertz = 440 * pow(2, Double(note - 69) / 12)
        let first = Int(start * rate)
        for index in 0..<Int(1.6 * rate) {
            let time = Double(index) / rate
            let attack = min(1, time / 0.004)
            let release = min(1, (1.6 - time) / 0.1)
            var sum = 0.0
            for overtone in 1...3 where hertz * Double(overtone) < 3400 {
                sum +=
                    sin(2 * .pi * hertz * Double(overtone) * time) * exp(-3 * time * Double(overtone))
                    / Double(overtone * overtone)
            }
            ring[(first + index) % ring.count] += volume * attack * release * sum
        }
    }
}
