/// Something to play, at 8 kHz.
package enum AudioSource: Sendable {
    /// Linear samples.
    case samples([Int16])
    /// A sine at -12 dBFS.
    case tone(hertz: Double, duration: Duration)

    /// The samples.
    var rendered: [Int16] {
        switch self {
        case .samples(let samples): samples
        case .tone(let hertz, let duration): ToneGenerator.samples(hertz: hertz, duration: duration)
        }
    }
}
