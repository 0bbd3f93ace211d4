import MediaEngine
import TestSupport
import Testing

@testable import Sound

@Suite struct CallToneTests {
    @Test func ringBackIsOneSecondInFive() {
        let samples = CallTones.ringBack.allSamples
        #expect(samples.count == 40_000)
        #expect(Goertzel.share(of: 425, in: Array(samples[100..<7900])) > 0.9)
        #expect(samples[8000...].allSatisfy { $0 == 0 })
    }

    @Test func busyIsHalfASecondInOne() {
        let samples = CallTones.busy.allSamples
        #expect(samples.count == 8000)
        #expect(Goertzel.share(of: 425, in: Array(samples[100..<3900])) > 0.9)
        #expect(samples[4000...].allSatisfy { $0 == 0 })
    }

    @Test func theBeepIsShort() {
        let samples = CallTones.beep.allSamples
        #expect(samples.count == 2400)
        #expect(Goertzel.share(of: 1000, in: samples) > 0.9)
    }

    /// Where a round follows a round there is no larger step than within it, and no gap.
    @Test func theMusicGoesRoundWithoutAClick() throws {
        let samples = CallTones.holdMusic.allSamples
        #expect((80_000...200_000).contains(samples.count))
        #expect(samples.rms > 800)
        let steps = zip(samples, samples.dropFirst()).map { abs(Int($1) - Int($0)) }
        let seam = abs(Int(try #require(samples.first)) - Int(try #require(samples.last)))
        #expect(seam <= (steps.max() ?? 0))
        #expect(Array(samples.suffix(1600)).rms > 100)
        #expect(samples.map { abs(Int($0)) }.max() == 8191)
    }
}
