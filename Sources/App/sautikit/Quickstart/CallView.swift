import Platform

/// What the quickstart reads of a call.
struct CallView: Sendable, CustomStringConvertible {
    let status: String
    let answeredAt: String?
    let durationSeconds: Int64?
    let costMinor: Int64?
    let hangupCause: String?
    /// Kinds on its timeline, oldest first.
    let events: [String]

    /// Reads `{"call": {…}}`.
    init?(_ json: JSONValue) {
        guard let call = json["call"], let status = call["status"]?.stringValue else { return nil }
        self.status = status
        answeredAt = call["answered_at"]?.stringValue
        durationSeconds = call["duration_seconds"]?.integer
        costMinor = call["cost_minor"]?.integer
        hangupCause = (call["failure_code"] ?? call["hangup_cause"])?.stringValue
        events = (call["events"]?.elements ?? []).compactMap { $0["kind"]?.stringValue }
    }

    var description: String {
        "status \(status)\(hangupCause.map { " (\($0))" } ?? ""), timeline: \(events.joined(separator: ", "))"
    }
}
