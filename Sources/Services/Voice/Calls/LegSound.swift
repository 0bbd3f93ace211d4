import MediaEngine

/// Where somebody who was called is heard.
struct LegSound: Sendable {
    let leg: MediaLeg
    /// Whether what they say comes as Opus.
    let hasOpus: Bool

    init(_ media: CallMedia) {
        leg = media.leg
        hasOpus = media.hasOpus
    }
}
