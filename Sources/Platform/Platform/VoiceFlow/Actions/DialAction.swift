/// Others that are called and connected to the call.
package struct DialAction: Sendable, Equatable {
    /// Who is called.
    package enum Target: Sendable, Equatable {
        /// One number or several at once, E.164: the first who answers is connected. At most 10.
        case numbers([String])
        /// A SIP URI (`SIPAddress`), whose host must be on the operator's list.
        case sip(String)
        /// The devices that are registered with a SIP credential, by its user name.
        case device(String)
    }

    /// When a recording of the connected call begins.
    package enum Recording: String, Sendable, CaseIterable {
        /// When the other side answers.
        case fromAnswer = "record-from-answer"
        /// When the other side rings.
        case fromRinging = "record-from-ringing"
    }

    /// Who is called.
    package var target: Target
    /// What they are shown, E.164; the call's own number when nil. Must belong to the workspace.
    package var callerID: String?
    /// How long it rings. Default 30 s.
    package var timeout: Duration
    /// Whether the connected call is recorded.
    package var recording: Recording?
    /// How the two sides are in that recording.
    package var recordingChannels: RecordingChannels
    /// Told how it ended, and answers with the next document; without it the document goes on. An absolute URL.
    package var action: String?
    /// What the answering side hears before it is connected: `say`, `play` and `pause` only.
    package var whisper: [VoiceAction]
    /// The longest time connected; nil leaves it to the call's own limit.
    package var timeLimit: Duration?

    /// Makes an action.
    package init(
        _ target: Target,
        callerID: String? = nil,
        timeout: Duration = .seconds(30),
        recording: Recording? = nil,
        recordingChannels: RecordingChannels = .mono,
        action: String? = nil,
        whisper: [VoiceAction] = [],
        timeLimit: Duration? = nil
    ) {
        self.target = target
        self.callerID = callerID
        self.timeout = timeout
        self.recording = recording
        self.recordingChannels = recordingChannels
        self.action = action
        self.whisper = whisper
        self.timeLimit = timeLimit
    }

    var json: JSONValue {
        let target: (String, JSONValue?) =
            switch target {
            case .numbers(let numbers) where numbers.count == 1: ("number", .string(numbers[0]))
            case .numbers(let numbers): ("numbers", .array(numbers.map { .string($0) }))
            case .sip(let uri): ("sip", .string(uri))
            case .device(let name): ("device", .string(name))
            }
        return JSONValue(present: [
            target, ("callerId", callerID.map { .string($0) }), ("timeout", .integer(timeout.components.seconds)),
            ("record", recording.map { .string($0.rawValue) }), ("action", action.map { .string($0) }),
            ("recordingChannels", recordingChannels == .mono ? nil : .string(recordingChannels.rawValue)),
            ("whisper", whisper.isEmpty ? nil : .array(whisper.map(\.json))),
            ("timeLimit", timeLimit.map { .integer($0.components.seconds) }),
        ])
    }
}
