/// A leg in a room.
struct RoomMember {
    /// Each beat a level that is not reached any more falls by so much.
    private static let decay: Float = 0.9

    let leg: LegState
    let handle: MediaLeg
    private var activity = VoiceActivity(attack: 1)
    /// How loud it was in the last moments.
    private(set) var level: Float = 0
    private(set) var isTalking = false

    init(leg: LegState, handle: MediaLeg) {
        self.leg = leg
        self.handle = handle
    }

    /// Listens to what the leg has for this beat; whether it has begun or ceased to speak.
    mutating func listen() -> Bool {
        let wasTalking = isTalking
        isTalking = false
        if leg.isHeard, !leg.isMutedInRoom, let frame = leg.jitter?.frame {
            let meanSquare = unsafe frame.withUnsafeBufferPointer { unsafe SpeechLevel.meanSquare($0) }
            activity.hear(meanSquare: meanSquare)
            level = max(meanSquare, level * Self.decay)
            isTalking = activity.isSpeech
        }
        return isTalking != wasTalking
    }
}
