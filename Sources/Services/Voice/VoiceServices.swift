import MediaEngine
import Platform
import SIPStack

/// What every call of a node uses.
struct VoiceServices: Sendable {
    let context: PlatformContext
    let configuration: VoiceConfiguration
    let agent: SIPUserAgent
    let media: MediaEngine
    let prompts: PromptLibrary
    /// Where the calls' own tasks run; anywhere when nil.
    let executor: (any TaskExecutor)?
}
