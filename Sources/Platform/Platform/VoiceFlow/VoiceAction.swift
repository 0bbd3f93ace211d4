/// What a call does once it is answered. The rest of Sautikit's verbs comes with the voice engine (issue 5).
package enum VoiceAction: Sendable, Equatable {
    /// Plays a sound `loop` times.
    case play(Sound, loop: Int)
    /// Says nothing for this long.
    case pause(Duration)
    /// Ends the call.
    case hangup

    /// What can be played.
    package enum Sound: Sendable, Equatable {
        /// A sine of this frequency for this long: `tone:440,3000` in hertz and milliseconds.
        case tone(hertz: Int, Duration)
        /// A prompt of the operator's by its file name without `.wav`: `prompt:welcome`.
        case prompt(String)

        /// The `url` that stands for it.
        package var url: String {
            switch self {
            case .tone(let hertz, let duration):
                "tone:\(hertz),\(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)"
            case .prompt(let name): "prompt:\(name)"
            }
        }
    }

    /// The action as it is stored and sent.
    package var json: JSONValue {
        switch self {
        case .play(let sound, let loop): ["play": ["url": .string(sound.url), "loop": .integer(Int64(loop))]]
        case .pause(let duration): ["pause": ["length": .integer(duration.components.seconds)]]
        case .hangup: ["hangup": [:]]
        }
    }
}
