import Platform
import Primitives

/// What a customer's server is told of a call when it is asked for a document: the names of all three families that clients
/// of Sautikit read (facts section 8.2).
struct CallbackFields: Sendable {
    let call: Call
    let reason: FlowRequest.Reason
    let isAnswered: Bool
    /// Whole seconds since the answer.
    let durationSeconds: Int64
    /// Why the first URL gave no document, when this is for the fallback.
    var failure: String?

    /// What is sent.
    var message: CallbackMessage { CallbackMessage(who + state + why, of: call) }

    private var who: [(String, String)] {
        let id = call.id.rendered(prefix: "call")
        let status = isActive ? isAnswered ? "answered" : "ringing" : "completed"
        return [
            ("sessionId", call.sessionID), ("callerNumber", call.from), ("destinationNumber", call.to),
            ("direction", call.direction.rawValue), ("isActive", isActive ? "1" : "0"), ("CallSid", id), ("CallId", id),
            ("From", call.from), ("To", call.to), ("CallStatus", status), ("call_id", id), ("call_sid", id),
            ("from", call.from), ("to", call.to), ("caller_number", call.from), ("destination_number", call.to),
            ("status", status), ("number_id", call.numberID.rendered(prefix: "num")),
        ]
    }

    private var isActive: Bool { if case .ended = reason { false } else { true } }

    private var state: [(String, String)] {
        let name =
            switch reason {
            case .begin: isAnswered ? "Answered" : "Ringing"
            case .digits, .redirect: isAnswered ? "Answered" : "Ringing"
            case .dialEnded: "DialCompleted"
            case .recorded: "RecordingCompleted"
            case .stream(.started, _, _): "StreamStarted"
            case .stream(.stopped, _, _): "StreamStopped"
            case .stream(.error, _, _): "StreamError"
            case .digitsCollected: "DigitsCollected"
            case .ended: "Completed"
            }
        let seconds = "\(durationSeconds)"
        return [
            ("callSessionState", name), ("durationInSeconds", seconds), ("Duration", seconds),
            ("CallDuration", seconds), ("duration_seconds", seconds),
        ]
    }

    private var why: [(String, String)] {
        let failed = failure.map { [("ErrorMessage", $0)] } ?? []
        switch reason {
        case .begin, .redirect, .ended: return failed
        case .stream(let event, let id, let problem):
            return [
                ("streamSid", id), ("StreamSid", id), ("streamEvent", event.rawValue),
                ("StreamEvent", event.rawValue), ("streamStatus", event.rawValue), ("StreamError", problem ?? ""),
            ]
        case .digits(let digits): return [("Digits", digits), ("digits", digits)] + failed
        case .digitsCollected(let digits, let conference):
            return [
                ("Digits", digits), ("digits", digits), ("conference_name", conference),
                ("conferenceRoomName", conference), ("conferenceName", conference), ("room", conference),
            ]
        case .dialEnded(let result): return dial(result) + failed
        case .recorded(let result): return recording(result) + failed
        }
    }

    private func dial(_ result: DialResult) -> [(String, String)] {
        let seconds = "\(result.duration.components.seconds)"
        var fields = [
            ("DialCallStatus", result.status.rawValue), ("dial_status", result.status.rawValue),
            ("DialCallDuration", seconds), ("dial_duration_seconds", seconds),
        ]
        if let id = result.callID?.rendered(prefix: "call") {
            fields += [("DialCallSid", id), ("dial_call_id", id)]
        }
        return fields
    }

    private func recording(_ result: RecordResult) -> [(String, String)] {
        var fields = [
            ("RecordingStatus", result.url == nil ? "absent" : "completed"),
            ("RecordingDuration", "\(result.duration.components.seconds)"),
        ]
        if let id = result.recordingID?.uuidString { fields += [("RecordingSid", id), ("recording_id", id)] }
        if let url = result.url { fields += [("RecordingUrl", url), ("recording_url", url)] }
        if !result.digits.isEmpty { fields += [("Digits", result.digits), ("digits", result.digits)] }
        return fields
    }
}
