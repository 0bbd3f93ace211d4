package import Platform

/// What a stream carries, once it is decided.
package struct StreamFormat: Sendable, Equatable {
    /// Whose sound is sent.
    package var track: StreamAction.Track
    /// Samples a second of what is sent.
    package var outgoingRate: Int
    /// Samples a second of what comes back.
    package var incomingRate: Int
    /// Given to the socket first: the text of a flat JSON object; nil for none.
    package var headerMetadata: String?
    /// Given to the socket first as it is; nil for none.
    package var openMetadata: String?

    /// What an action asks for.
    package init(_ action: StreamAction) {
        track = action.track
        outgoingRate = action.outputSamplingRate
        incomingRate = action.bidirectionalSamplingRate
        headerMetadata = action.headerMetadata
        openMetadata = action.openMetadata
    }
}
