import Foundation
import MediaEngine
import TestSupport
import Testing

@Suite struct ResamplingTests {
    @Test(arguments: [100.0, 300, 1000, 2000, 3000, 3400])
    func thePassbandIsFlat(hertz: Double) {
        var (up, down) = (Upsampler(), Downsampler())
        let low = Self.sine(hertz, rate: 8000, count: 16_000)
        #expect(abs(Self.decibels(up.process(low), hertz, rate: 16_000)) < 0.1)
        let high = Self.sine(hertz, rate: 16_000, count: 32_000)
        #expect(abs(Self.decibels(down.process(high), hertz, rate: 8000)) < 0.1)
    }

    /// What 8 kHz cannot say comes back nowhere.
    @Test(arguments: [4600.0, 5000, 6000, 7000, 7900])
    func aliasesAreKeptOut(hertz: Double) {
        var down = Downsampler()
        let result = down.process(Self.sine(hertz, rate: 16_000, count: 32_000))
        #expect(Self.decibels(result, 8000 - hertz, rate: 8000) < -55)
        #expect((result.dropFirst(200).map { abs(Int($0)) }.max() ?? 0) < 20)
    }

    @Test(arguments: [300.0, 1000, 3000, 3400])
    func imagesAreKeptOut(hertz: Double) {
        var up = Upsampler()
        let result = up.process(Self.sine(hertz, rate: 8000, count: 16_000))
        #expect(Self.decibels(result, 8000 - hertz, rate: 16_000) < -55)
    }

    @Test func piecesAreAsGoodAsTheWhole() {
        let sound = Self.sine(1234, rate: 16_000, count: 4001)
        var (whole, pieces) = (Downsampler(), Downsampler())
        let expected = whole.process(sound)
        var result: [Int16] = []
        var start = 0
        for length in (1...400).map({ $0 * 37 % 91 }) where start < sound.count {
            result += pieces.process(Array(sound[start..<min(sound.count, start + length)]))
            start += length
        }
        #expect(result == expected)
        #expect(expected.count == 2000)
        var (wholeUp, piecesUp) = (Upsampler(), Upsampler())
        let low = Array(expected.prefix(1600))
        let high = stride(from: 0, to: 1600, by: 160).flatMap { piecesUp.process(Array(low[$0..<($0 + 160)])) }
        #expect(high == wholeUp.process(low))
        #expect(high.count == 3200)
    }

    @Test func theLoudestDoesNotWrap() {
        var (up, down) = (Upsampler(), Downsampler())
        let square = (0..<1600).map { $0 / 20 % 2 == 0 ? Int16.max : .min }
        let (high, low) = (up.process(square), down.process(square))
        for (result, count) in [(high, 800), (low, 200)] {
            #expect(result.filter { $0 > 30_000 }.count > count && result.filter { $0 < -30_000 }.count > count)
        }
    }

    private static func sine(_ hertz: Double, rate: Double, count: Int) -> [Int16] {
        (0..<count).map { Int16(10_000 * sin(2 * .pi * hertz * Double($0) / rate)) }
    }

    /// The level of a frequency against the sine that was put in.
    private static func decibels(_ samples: [Int16], _ hertz: Double, rate: Double) -> Double {
        let steady = samples.dropFirst(200).prefix(8000)
        var (real, imaginary) = (0.0, 0.0)
        for (index, sample) in steady.enumerated() {
            // A Hann window, so that what is beside the frequency does not count.
            let window = 1 - cos(2 * .pi * Double(index) / Double(steady.count))
            let angle = 2 * .pi * hertz * Double(index) / rate
            real += window * Double(sample) * cos(angle)
            imaginary += window * Double(sample) * sin(angle)
        }
        let amplitude = 2 * (real * real + imaginary * imaginary).squareRoot() / Double(steady.count)
        return 20 * log10(amplitude / 10_000)
    }
}
