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
    let sounds: SoundLibrary
    /// Where the calls' own tasks run; anywhere when nil.
    let executor: (any TaskExecutor)?
}
