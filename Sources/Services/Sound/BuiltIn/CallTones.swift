package import MediaEngine

/// Tones and music that every call may need, made here.
package enum CallTones {
    private static let rate = ToneGenerator.sampleRate

    /// What a caller hears while a phone rings: 425 Hz, one second in five, as in Kenya and most of Europe
    /// (ITU-T E.180 supplement 2). One round of it.
    package static let ringBack = AudioSource.samples(
        ToneGenerator.samples(hertz: 425, duration: .seconds(1)) + silence(.seconds(4))
    )
    /// What a caller hears when the line is busy: 425 Hz, half a second in one. One round of it.
    package static let busy = AudioSource.samples(
        ToneGenerator.samples(hertz: 425, duration: .milliseconds(500)) + silence(.milliseconds(500))
    )
    /// What says that a recording begins or that somebody comes: 1000 Hz for 0.3 s.
    package static let beep = AudioSource.tone(hertz: 1000, duration: .milliseconds(300))
    /// Music for those who wait: one round of it, whose end runs into its beginning.
    package static let holdMusic = AudioSource.samples(HoldMusic.samples)

    private static func silence(_ length: Duration) -> [Int16] {
        [Int16](repeating: 0, count: Int(length / .seconds(1) * Double(rate)))
    }
}
