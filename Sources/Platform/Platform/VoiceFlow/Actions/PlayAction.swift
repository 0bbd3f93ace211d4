import Primitives

/// A sound that is played.
package struct PlayAction: Sendable, Equatable {
    /// What is played.
    package var sound: Sound
    /// How often; at least 1.
    package var loop: Int

    /// Makes an action.
    package init(_ sound: Sound, loop: Int = 1) {
        self.sound = sound
        self.loop = loop
    }

    /// What can be played.
    package enum Sound: Sendable, Equatable {
        /// A sine of this frequency for this long: `tone:440,3000` in hertz and milliseconds.
        case tone(hertz: Int, Duration)
        /// A prompt of the operator's by its file name without `.wav`: `prompt:welcome`.
        case prompt(String)
        /// A file that the workspace has uploaded, by its id: `upload:aud_…`.
        case upload(String)
        /// A WAV or MP3 file at an http or https URL.
        case web(String)

        /// The `url` that stands for it.
        package var url: String {
            switch self {
            case .tone(let hertz, let duration): "tone:\(hertz),\(duration.wholeMilliseconds)"
            case .prompt(let name): "prompt:\(name)"
            case .upload(let id): "upload:\(id)"
            case .web(let url): url
            }
        }
    }

    var json: JSONValue { ["url": .string(sound.url), "loop": .integer(Int64(loop))] }
}
