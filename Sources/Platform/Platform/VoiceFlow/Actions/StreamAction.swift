/// The call's sound on a WebSocket (facts section 9.1).
package struct StreamAction: Sendable, Equatable {
    /// Whose sound is sent.
    package enum Track: String, Sendable, CaseIterable {
        /// What the caller says.
        case inbound = "inbound_track"
        /// What the caller hears.
        case outbound = "outbound_track"
        /// Both, mixed.
        case both = "both_tracks"
    }

    /// What is spoken on the socket.
    package enum Dialect: String, Sendable, CaseIterable {
        /// Raw S16LE in binary frames under the subprotocol `audio.drachtio.org`.
        case raw = "sautikit"
        /// JSON messages of u-law, as Twilio's Media Streams.
        case twilio
    }

    /// What the status callback can be told of.
    package enum StatusEvent: String, Sendable, CaseIterable {
        case started = "stream-started"
        case stopped = "stream-stopped"
        case error = "stream-error"
    }

    /// The socket: a ws or wss URL.
    package var url: String
    /// Whose sound is sent. Default what the caller says.
    package var track: Track
    /// Whether the document waits for the end of the stream. Without it the stream runs beside the document.
    package var connects: Bool
    /// Hertz of what is sent to the socket: 8000 or 16000. Default 8000 with `twilio`, 16000 otherwise.
    package var outputSamplingRate: Int
    /// Hertz of what comes back.
    package var bidirectionalSamplingRate: Int
    /// Names the stream, for `stop`; nil for none.
    package var name: String?
    /// Given to the socket in the first message: the text of a flat JSON object.
    package var headerMetadata: String?
    /// Given to the socket in the first message as it is.
    package var openMetadata: String?
    /// Told of the stream's events; an absolute URL.
    package var statusCallback: String?
    /// Which of them; all when empty.
    package var statusEvents: Set<StatusEvent>
    /// What is spoken on the socket.
    package var dialect: Dialect

    /// Makes an action.
    package init(_ url: String, dialect: Dialect = .raw, connects: Bool = false) {
        self.url = url
        self.dialect = dialect
        self.connects = connects
        track = .inbound
        outputSamplingRate = dialect == .twilio ? 8000 : 16_000
        bidirectionalSamplingRate = outputSamplingRate
        statusEvents = []
    }

    var json: JSONValue {
        let events = StatusEvent.allCases.filter(statusEvents.contains).map(\.rawValue)
        return JSONValue(present: [
            ("url", .string(url)), ("track", .string(track.rawValue)), ("connect", .bool(connects)),
            ("outputSamplingRate", .integer(Int64(outputSamplingRate))),
            ("bidirectionalSamplingRate", .integer(Int64(bidirectionalSamplingRate))),
            ("name", name.map { .string($0) }), ("headerMetadata", headerMetadata.map { .string($0) }),
            ("openMetadata", openMetadata.map { .string($0) }), ("statusCallback", statusCallback.map { .string($0) }),
            ("statusEvents", events.isEmpty ? nil : .string(events.joined(separator: " "))),
            ("dialect", .string(dialect.rawValue)),
        ])
    }
}
