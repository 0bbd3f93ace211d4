import OutboundHTTP
package import Platform

/// A stream that is to be opened.
package struct StreamPlan: Sendable {
    /// The socket: a ws or wss URL.
    package var url: String
    /// What is spoken on it.
    package var dialect: StreamAction.Dialect
    /// Whose sound it is.
    package var identity: StreamIdentity
    /// What it carries.
    package var format: StreamFormat

    /// What an action asks for, for a call.
    package init(_ action: StreamAction, _ identity: StreamIdentity) {
        url = action.url
        dialect = action.dialect
        self.identity = identity
        format = StreamFormat(action)
    }

    /// The tracks that have to be tapped, a tap for each: one dialect mixes both voices, the other sends them apart.
    package var tracks: [StreamTrack] {
        switch (format.track, dialect) {
        case (.inbound, _): [.inbound]
        case (.outbound, _): [.outbound]
        case (.both, .raw): [.mixed]
        case (.both, .twilio): [.inbound, .outbound]
        }
    }

    /// The dialect, at its beginning.
    func makeDialect() -> any StreamDialect {
        switch dialect {
        case .raw: RawDialect(identity, format)
        case .twilio: TwilioDialect(identity, format)
        }
    }
}
