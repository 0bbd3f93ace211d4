package import MediaEngine
package import Platform
package import Primitives

extension SoundLibrary {
    /// Hands over what a `say` or a `play` sounds like, in its order; of a long text the first piece before the last is spoken.
    ///
    /// - Parameter play: takes a sound and how often it is heard.
    /// - Throws: `SoundError`; `CancellationError`, after which nothing more is handed over.
    package func play(
        _ action: VoiceAction,
        workspaceID: Identifier,
        by play: @Sendable (AudioSource, Int) -> Void
    ) async throws {
        switch action {
        case .say(let say):
            var pieces: [AudioSource] = []
            for try await piece in try await speech(say).pieces {
                try Task.checkCancellation()
                play(piece, 1)
                pieces.append(piece)
            }
            for _ in 1..<max(say.loop, 1) {
                for piece in pieces { play(piece, 1) }
            }
        case .play(let action):
            let source = try await sound(action.sound, workspaceID: workspaceID)
            try Task.checkCancellation()
            play(source, action.loop)
        case .getDigits, .dial, .conference, .record, .redirect, .reject, .hangup, .stream, .pause:
            throw SoundError.nothingToSay
        }
    }
}
