import Foundation
package import Primitives

/// One step of a call, for its timeline: SIP, media, flow, webhook or money.
package struct TimelineEntry: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// The call.
    package let callID: Identifier
    /// What happened: `call.started`, `sip.ringing`, `media.digit`, …
    package let kind: String
    /// What is worth knowing about it, an object.
    package let payload: JSONValue
    /// When.
    package let occurredAt: Timestamp

    /// The payload, read from the text that the timeline keeps; null when it is no JSON.
    package var details: JSONValue { (try? JSONValue(parsing: Data(payload.text.utf8))) ?? .null }
}
