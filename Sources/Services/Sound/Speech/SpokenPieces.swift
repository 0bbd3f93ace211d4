package import MediaEngine

/// The pieces of a spoken text: each is made while the one before it plays.
package struct SpokenPieces: AsyncSequence, Sendable {
    /// Makes a piece, or finds it.
    let speak: @Sendable (String) async throws(SoundError) -> AudioSource
    let texts: [String]

    /// How many there are.
    package var count: Int { texts.count }

    /// Begins with the first piece.
    package func makeAsyncIterator() -> Iterator { Iterator(pieces: self) }

    /// Goes from piece to piece.
    package struct Iterator: AsyncIteratorProtocol {
        let pieces: SpokenPieces
        private var index = 0

        init(pieces: SpokenPieces) {
            self.pieces = pieces
        }

        /// The next piece, which is ready or nearly so; nil after the last.
        ///
        /// - Throws: `SoundError` when this piece cannot be spoken; the next may be.
        package mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(SoundError) -> AudioSource? {
            guard index < pieces.texts.count else { return nil }
            let text = pieces.texts[index]
            index += 1
            let source = try await pieces.speak(text)
            pieces.begin(index)
            return source
        }
    }

    /// Begins to make a piece; it will be found in the cache, and why it failed is told to whoever asks for it.
    func begin(_ index: Int) {
        guard index < texts.count else { return }
        let text = texts[index]
        Task { [speak] in _ = try? await speak(text) }
    }
}
