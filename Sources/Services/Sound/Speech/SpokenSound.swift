/// A text as it is spoken, piece by piece.
package struct SpokenSound: Sendable {
    /// The language it is spoken in.
    package let language: SpokenLanguage
    /// The language that was asked for and is not spoken here: English is spoken instead; nil when all is well.
    package let unknownLanguage: String?
    /// Who speaks.
    package let voice: SpeechVoice
    /// What to play, one after another. Going through it again plays it again, from the cache.
    package let pieces: SpokenPieces
}
