import MediaEngine
import Platform
import Sound

/// What every conference of a node uses.
struct ConferenceServices: Sendable {
    /// How often a wait sound is repeated.
    static let waitRounds = 100_000

    let context: PlatformContext
    let configuration: VoiceConfiguration
    let media: MediaEngine
    let sounds: SoundLibrary
    let callbacks: CallbackClient
    let keeper: RecordingKeeper
    let executor: (any TaskExecutor)?
}
