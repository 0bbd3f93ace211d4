/// A room of the workspace that the call joins.
package struct ConferenceAction: Sendable, Equatable {
    /// What a status callback can be told of.
    package enum StatusEvent: String, Sendable, CaseIterable {
        case start, end, join, leave, mute, unmute
    }

    /// The room's name within the workspace: 1 to 128 characters.
    package var name: String
    /// The platform's own flags, words such as `mute`, `moderator`, `endconf`; unknown ones change nothing.
    package var flags: [String]
    /// Who comes after this many hears the wait audio until the call ends; nil for the platform's own limit.
    package var maxParticipants: Int?
    /// Whether the room is recorded.
    package var isRecorded: Bool
    /// Whether a beep tells of those who come and go.
    package var beeps: Bool
    /// Whether the call only listens.
    package var isMuted: Bool
    /// Whether the room starts with this call. Default true.
    package var startsOnEnter: Bool
    /// Whether the room ends when this call leaves it.
    package var endsOnExit: Bool
    /// What is heard until the room starts; hold music when nil. A URL as of `play`.
    package var waitSound: PlayAction.Sound?
    /// Told of the room's events; an absolute URL.
    package var statusCallback: String?
    /// Which of them; all when empty.
    package var statusEvents: Set<StatusEvent>
    /// Whether keys are collected in the room.
    package var collectsDigits: Bool
    /// The key that ends a collection. Default `#`.
    package var finishOnKey: String
    /// How many keys end a collection; 0 for any number.
    package var numDigits: Int
    /// Told the keys collected; an absolute URL.
    package var digitsCallback: String?

    /// Makes an action.
    package init(_ name: String) {
        self.name = name
        flags = []
        isRecorded = false
        beeps = false
        isMuted = false
        startsOnEnter = true
        endsOnExit = false
        statusEvents = []
        collectsDigits = false
        finishOnKey = "#"
        numDigits = 0
    }

    var json: JSONValue {
        let events = StatusEvent.allCases.filter(statusEvents.contains).map(\.rawValue)
        return JSONValue(present: [
            ("name", .string(name)), ("flags", flags.isEmpty ? nil : .string(flags.joined(separator: ","))),
            ("maxParticipants", maxParticipants.map { .integer(Int64($0)) }), ("record", .bool(isRecorded)),
            ("beep", .bool(beeps)), ("muted", .bool(isMuted)), ("startOnEnter", .bool(startsOnEnter)),
            ("endOnExit", .bool(endsOnExit)), ("waitUrl", waitSound.map { .string($0.url) }),
            ("statusEventsCallbackUrl", statusCallback.map { .string($0) }),
            ("statusEvents", events.isEmpty ? nil : .string(events.joined(separator: " "))),
            ("collectDigits", .bool(collectsDigits)), ("finishOnKey", .string(finishOnKey)),
            ("numDigits", .integer(Int64(numDigits))), ("digitsCallbackUrl", digitsCallback.map { .string($0) }),
        ])
    }
}
