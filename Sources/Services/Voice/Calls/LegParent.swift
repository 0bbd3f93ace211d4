import MediaEngine
import Platform

/// The call that dialled a leg, as the leg sees it.
struct LegParent: Sendable {
    /// Where news go.
    let tell: @Sendable (LegNews) -> Void
    /// Where the leg's media must be.
    let media: MediaLeg?
    /// Whether its sound is Opus, or may become that when it is answered.
    let mayHaveOpus: Bool
    /// What the other side hears before it is connected.
    let whisper: [VoiceAction]
    /// How often the conversation has been handed over when the leg is connected.
    var transfers = 0
}
