/// Something to play, at 8 kHz.
package enum AudioSource: Sendable {
    /// Linear samples.
    case samples([Int16])
    /// A sine at -12 dBFS.
    case tone(hertz: Double, duration: Duration)

    /// What a player plays.
    var sound: Sound {
        switch self {
        case .samples(let samples): Sound(samples: samples)
        case .tone(let hertz, let duration): ToneGenerator.sound(hertz: hertz, duration: duration)
        }
    }
}
