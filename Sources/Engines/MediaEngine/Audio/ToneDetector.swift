import Glibc
import RTPWire

/// Hears keys in sound, for peers that send no telephone events (ITU-T Q.24).
///
/// Every 10 ms it looks at the last 20 ms. A key is a row and a column that together are nearly all there is, each near its
/// frequency, which the turn of the phase between two looks tells to a few hertz, of like strength and without harmonics,
/// three looks in a row: speech is none of that for so long. It ends when two looks in a row do not show it.
package struct ToneDetector: Sendable {
    private static let hop = 80
    private static let looksToBegin = 3
    private static let looksToEnd = 2
    /// Of each of the two tones.
    private static let quietest = SpeechLevel.meanSquare(dBm0: -39)
    /// 8 dB: 6 must do, and a tone off its frequency reads up to 1.5 dB low.
    private static let greatestTwist: Float = 6.3
    /// How far one row or column must stand above the others: 6 dB.
    private static let dominance: Float = 4
    /// The share of all sound that the two tones are.
    private static let leastShare: Float = 0.95
    private static let leastHeldShare: Float = 0.3
    /// 1.5 % must do, 3.5 % must not.
    private static let greatestDeviation: Float = 0.025
    /// How much a tone may move between two looks, in hertz: voices glide.
    private static let greatestGlide: Float = 8
    /// 17 dB below the tone.
    private static let greatestHarmonic: Float = 0.02
    /// A harmonic nearer than this to the other tone cannot be told from it.
    private static let resolution = 180.0

    private static let tones = ToneBank(DTMF.hertz)
    private static let harmonics = ToneBank(DTMF.hertz.map { 2 * $0 })

    /// Which row and column stand out, and their phases.
    private struct Look {
        let row: Int
        let column: Int
        let rowPhase: Float
        let columnPhase: Float
    }

    private var samples = [Float](repeating: 0, count: ToneBank.length)
    private var fresh = 0
    private var parts = [ToneBank.Part](repeating: ToneBank.Part(), count: 8)
    private var last: Look?
    private var looks = 0
    private var misses = 0
    private var held: Look?
    /// How far row and column were off when last looked at.
    private var deviations: (Float, Float) = (0, 0)

    /// Makes a detector that has heard nothing.
    package init() {}

    /// Listens to one sample at 8 kHz; the key that has just become certain.
    package mutating func hear(_ sample: Int16) -> Character? {
        samples[ToneBank.length - Self.hop + fresh] = Float(sample)
        fresh += 1
        guard fresh == Self.hop else { return nil }
        fresh = 0
        let key = look()
        for index in 0..<(ToneBank.length - Self.hop) { samples[index] = samples[index + Self.hop] }
        return key
    }

    /// One look more; the key that it makes certain.
    private mutating func look() -> Character? {
        let total = ToneBank.power(samples)
        if total > 2 * Self.quietest {
            for place in 0..<8 { parts[place] = Self.tones.measure(place, samples) }
        }
        if let held {
            misses = total > 2 * Self.quietest && shows(held, total) ? 0 : misses + 1
            if misses == Self.looksToEnd { self.held = nil }
            return nil
        }
        let before = last
        last = total > 2 * Self.quietest ? standing : nil
        guard let now = last else {
            looks = 0
            return nil
        }
        guard let before, before.row == now.row, before.column == now.column, isKey(before, now, total) else {
            looks = 1
            return nil
        }
        looks += 1
        guard looks == Self.looksToBegin else { return nil }
        (held, last, looks, misses) = (now, nil, 0, 0)
        return TelephoneEvent.keys[Int(DTMF.codes[now.row][now.column - 4])]
    }

    /// The row and the column that stand out among the others.
    private var standing: Look? {
        guard let row = strongest(0..<4), let column = strongest(4..<8) else { return nil }
        return Look(row: row, column: column, rowPhase: parts[row].phase, columnPhase: parts[column].phase)
    }

    /// Whether a key that was heard goes on; a short break in it does no harm.
    private func shows(_ key: Look, _ total: Float) -> Bool {
        let (row, column) = (parts[key.row].power, parts[key.column].power)
        return row > Self.quietest && column > Self.quietest && row + column > Self.leastHeldShare * total
    }

    private func strongest(_ places: Range<Int>) -> Int? {
        var best = places.lowerBound
        for place in places where parts[place].power > parts[best].power { best = place }
        guard parts[best].power > Self.quietest else { return nil }
        for place in places where place != best && parts[place].power * Self.dominance > parts[best].power {
            return nil
        }
        return best
    }

    /// Whether two looks at the same row and column are a key, and not something with like tones in it.
    private mutating func isKey(_ before: Look, _ now: Look, _ total: Float) -> Bool {
        let rowShift = Self.deviation(now.row, from: before.rowPhase, to: now.rowPhase)
        let columnShift = Self.deviation(now.column, from: before.columnPhase, to: now.columnPhase)
        guard abs(rowShift) < Self.greatestDeviation * Float(DTMF.hertz[now.row]),
            abs(columnShift) < Self.greatestDeviation * Float(DTMF.hertz[now.column])
        else { return false }
        let glide = max(abs(rowShift - deviations.0), abs(columnShift - deviations.1))
        deviations = (rowShift, columnShift)
        if looks > 1, glide > Self.greatestGlide { return false }
        let rowPower = parts[now.row].power / Self.response(rowShift)
        let columnPower = parts[now.column].power / Self.response(columnShift)
        guard rowPower < columnPower * Self.greatestTwist, columnPower < rowPower * Self.greatestTwist,
            rowPower + columnPower > Self.leastShare * total
        else { return false }
        return !hasHarmonic(now.row, other: now.column) && !hasHarmonic(now.column, other: now.row)
    }

    private func hasHarmonic(_ place: Int, other: Int) -> Bool {
        guard abs(2 * DTMF.hertz[place] - DTMF.hertz[other]) > Self.resolution else { return false }
        return Self.harmonics.measure(place, samples).power > Self.greatestHarmonic * parts[place].power
    }

    /// How far a tone is off its frequency, in hertz: what its phase turned in 10 ms beyond what it had to.
    private static func deviation(_ place: Int, from before: Float, to now: Float) -> Float {
        let turns = (now - before) / (2 * .pi) - Float(DTMF.hertz[place]) * Float(hop) / 8000
        return (turns - turns.rounded()) * 8000 / Float(hop)
    }

    /// What the window leaves of the power of a tone that is off by some hertz.
    private static func response(_ deviation: Float) -> Float {
        let bins = deviation * Float(ToneBank.length) / 8000
        guard abs(bins) > 0.01 else { return 1 }
        let gain = sin(.pi * bins) / (.pi * bins) / (1 - bins * bins)
        return gain * gain
    }
}
