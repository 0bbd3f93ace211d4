/// Says what an audio file is by decoding it.
package protocol AudioInspector: Sendable {
    /// What a file is.
    ///
    /// - Throws: `PlatformError` `uploads.not_audio` for what cannot be played, or `service.unavailable`.
    func inspect(_ bytes: [UInt8]) async throws -> AudioFacts
}
