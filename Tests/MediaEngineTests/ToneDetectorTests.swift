import MediaEngine
import RTPWire
import Testing

@Suite struct ToneDetectorTests {
    @Test(arguments: TelephoneEvent.keys, [CompandingLaw.pcma, .pcmu])
    func everyKeyIsHeardInBothLaws(key: Character, law: CompandingLaw) {
        let sound = TestSound.silence(30) + TestSound.key(key, milliseconds: 80) + TestSound.silence(80)
        #expect(Self.heard(in: TestSound.through(law, sound)) == String(key))
    }

    /// The shortest tone and the shortest pause that must do, wherever they fall.
    @Test(arguments: [0, 13, 27, 40, 53, 66, 79])
    func fortyMillisecondsAreEnough(offset: Int) {
        for level in [-6.0, -18, -30] {
            let press = TestSound.key("5", milliseconds: 40, level: level) + TestSound.silence(40)
            let sound = [Int16](repeating: 0, count: offset) + press + press + press + TestSound.silence(60)
            #expect(Self.heard(in: TestSound.through(.pcma, sound)) == "555", "at \(level) dBm0")
        }
    }

    @Test(arguments: [-6.0, -3, 3, 6], [-1.5, 0, 1.5])
    func twistAndDeviationAreTaken(twist: Double, deviation: Double) {
        for key in TelephoneEvent.keys {
            let sound =
                TestSound.silence(33)
                + TestSound.key(key, milliseconds: 50, level: -24, twist: twist, deviation: deviation)
                + TestSound.silence(60)
            #expect(Self.heard(in: TestSound.through(.pcmu, sound)) == String(key))
        }
    }

    @Test(arguments: [-3.5, 3.5]) func otherFrequenciesAreNot(deviation: Double) {
        for key in TelephoneEvent.keys {
            for offset in stride(from: 0, to: 80, by: 9) {
                let sound =
                    [Int16](repeating: 0, count: offset)
                    + TestSound.key(key, milliseconds: 200, level: -12, deviation: deviation) + TestSound.silence(60)
                #expect(Self.heard(in: TestSound.through(.pcma, sound)).isEmpty, "\(key) at \(offset)")
            }
        }
    }

    @Test func shortBlipsAndSingleTonesAreNot() {
        let blips = (0..<20).flatMap { _ in TestSound.key("8", milliseconds: 18) + TestSound.silence(47) }
        #expect(Self.heard(in: blips).isEmpty)
        #expect(Self.heard(in: ToneGenerator.samples(hertz: 941, duration: .seconds(1))).isEmpty)
        #expect(Self.heard(in: ToneGenerator.samples(hertz: 440, duration: .seconds(1))).isEmpty)
    }

    /// A long press is one key, also when ten milliseconds of it or a packet are missing.
    @Test func aLongPressIsOneKey() {
        let press = TestSound.key("#", milliseconds: 700, level: -15)
        for cut in stride(from: 200, to: 2000, by: 37) {
            let gap = press[..<cut] + [Int16](repeating: 0, count: 80) + press[(cut + 80)...]
            let lost = press[..<cut] + press[(cut + 160)...]
            #expect(Self.heard(in: Array(gap)) == "#", "a gap at \(cut)")
            #expect(Self.heard(in: Array(lost)) == "#", "a packet lost at \(cut)")
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64]) func speechHasNoKeys(seed: UInt64) {
        var speech = SpeechLikeSound(seed: seed)
        #expect(Self.heard(in: TestSound.through(.pcma, speech.samples(seconds: 30))).isEmpty)
    }

    @Test func noiseDoesNotHideKeys() {
        var noise = SpeechLikeSound(seed: 9)
        let clean = "147*2580369#ABCD".flatMap {
            TestSound.key($0, milliseconds: 60, level: -12) + TestSound.silence(60)
        }
        // 20 dB below each tone.
        let sound = clean.map { Int16(clamping: Int($0) + Int(noise.noise() * 0.1 * 0.35 * 8000)) }
        #expect(Self.heard(in: sound) == "147*2580369#ABCD")
    }

    static func heard(in samples: [Int16]) -> String {
        var detector = ToneDetector()
        return String(samples.compactMap { detector.hear($0) })
    }
}
