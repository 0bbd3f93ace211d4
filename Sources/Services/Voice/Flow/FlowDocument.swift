import Platform

/// What came of asking the customer's server for a document.
enum FlowDocument: Sendable, Equatable {
    /// Actions to run, from this URL: where keys and recordings go that name no URL of their own.
    case actions([VoiceAction], url: String)
    /// The server answered, but with no document: `OK`, or nothing at all.
    case none
    /// Neither the URL nor its fallback gave a document.
    case failed
}
