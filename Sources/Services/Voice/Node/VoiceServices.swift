import MediaEngine
import Platform
import SIPStack
import Sound

/// What every call of a node uses.
struct VoiceServices: Sendable {
    let context: PlatformContext
    let configuration: VoiceConfiguration
    let agent: SIPUserAgent
    let media: MediaEngine
    /// What is said and played.
    let sounds: SoundLibrary
    /// Asks customers' servers.
    let documents: DocumentFetcher
    /// Takes what calls recorded.
    let keeper: RecordingKeeper
    /// The calls that run here.
    let calls = CallRegistry()
    /// Where the calls' own tasks run; anywhere when nil.
    let executor: (any TaskExecutor)?
}
