/// Tells a voice from the noise behind it by energy alone: a floor follows the noise, and what is well above it is a voice.
package struct VoiceActivity: Sendable {
    private static let quietest = SpeechLevel.meanSquare(dBm0: -60)
    /// Anything 9 dB louder than this is taken for a voice, however long it lasts.
    private static let loudest = SpeechLevel.meanSquare(dBm0: -40)
    private static let start = SpeechLevel.meanSquare(dBm0: -54)
    /// 9 dB.
    private static let margin: Float = 8
    /// About 2 dB a second in packets of 20 ms.
    private static let rise: Float = 1.01
    /// 300 ms: pauses between words do not end speech.
    private static let hangover = 15

    private let attack: Int
    private var floor = Self.start
    private var loudFrames = 0
    private var quietFrames = 0
    /// Whether somebody speaks.
    package private(set) var isSpeech = false
    /// Whether the last frame was well above the noise.
    package var isLoud: Bool { loudFrames > 0 }

    /// Makes a detector that has heard nothing.
    ///
    /// - Parameter attack: how many loud frames of 20 ms in a row are speech; more than one leaves clicks out.
    package init(attack: Int) {
        self.attack = attack
    }

    /// Listens to a frame of about 20 ms.
    ///
    /// - Parameter meanSquare: its energy, per sample.
    package mutating func hear(meanSquare: Float) {
        let isLoud = meanSquare > floor * Self.margin
        let next = meanSquare < floor ? floor + (meanSquare - floor) * 0.3 : floor * Self.rise
        floor = min(max(next, Self.quietest), Self.loudest)
        loudFrames = isLoud ? loudFrames + 1 : 0
        quietFrames = isLoud ? 0 : quietFrames + 1
        if loudFrames >= attack { isSpeech = true }
        if quietFrames > Self.hangover { isSpeech = false }
    }
}
