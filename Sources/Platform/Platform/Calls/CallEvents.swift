import Database
import Ledger
import Primitives

/// Writes a call's events: on its timeline, and into the outbox for whoever is told about it.
struct CallEvents {
    enum Kind: String {
        case started = "call.started"
        case answered = "call.answered"
        case completed = "call.completed"
        case failed = "call.failed"
    }

    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// - Parameter number: the call's number, if the caller has just read it.
    func emit(
        _ kind: Kind,
        of call: Call,
        from number: VoiceNumber? = nil,
        at moment: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let data = data(kind, of: call)
        try TimelineTable.append(
            kind.rawValue,
            timeline(kind, of: call),
            to: call.id,
            at: moment,
            id: context.ids.next(),
            in: tx
        )
        try publish(kind.rawValue, data: data, of: call, from: number, at: moment, in: tx)
    }

    /// Tells the call's own callback, the number's events URL and the workspace's subscriptions.
    func publish(
        _ kind: String,
        data: JSONValue,
        of call: Call,
        from number: VoiceNumber? = nil,
        at moment: Timestamp,
        in tx: SQLTransaction
    ) throws {
        var urls: [String] = []
        // The server of an inbound call was asked what to do when it rang: it only wants to hear of the end.
        if let url = call.voiceCallbackURL, call.direction == .outbound || call.status.isTerminal { urls.append(url) }
        if let url = try (number ?? NumberTable.find(id: call.numberID, in: tx))?.eventsURL { urls.append(url) }
        try PublishEvent(context)(
            kind,
            data: data,
            workspaceID: call.workspaceID,
            number: .init(numberID: call.numberID, urls: urls),
            at: moment,
            in: tx
        )
    }

    /// The payload of facts section 12.3; what follows `status` is ours, or of the official SDK.
    private func data(_ kind: Kind, of call: Call) -> JSONValue {
        var members = [
            JSONMember("call_id", .string(call.id.rendered(prefix: "call"))),
            JSONMember("direction", .string(call.direction.rawValue)),
            JSONMember("from", .string(call.from)), JSONMember("to", .string(call.to)),
            JSONMember("number_id", .string(call.numberID.rendered(prefix: "num"))),
        ]
        let status =
            switch kind {
            case .started: "started"
            case .answered: "answered"
            case .completed: "completed"
            case .failed: "failed"
            }
        members.append(JSONMember("status", .string(status)))
        switch kind {
        case .started: break
        case .answered: members.append(JSONMember("answered_at", JSONValue(call.answeredAt?.rfc3339)))
        case .completed:
            members += [
                JSONMember("duration_seconds", .integer(call.durationSeconds)),
                JSONMember("answered_at", JSONValue(call.answeredAt?.rfc3339)),
                JSONMember("ended_at", JSONValue(call.endedAt?.rfc3339)),
                JSONMember("hangup_cause", JSONValue(call.hangupCause?.rawValue)),
                JSONMember("cost_minor", .integer(call.costMinor)),
                JSONMember("cost_currency", .string(call.currency.code)),
            ]
        case .failed:
            members += [
                JSONMember("failure_reason", JSONValue(call.hangupCause?.failureReason)),
                JSONMember("ended_at", JSONValue(call.endedAt?.rfc3339)),
                JSONMember("hangup_cause", JSONValue(call.hangupCause?.rawValue)),
                JSONMember("call_status", .string(call.status.rawValue)),
            ]
        }
        members.append(JSONMember("pbx_call_id", .string(call.sessionID)))
        if let name = call.clientRequestID { members.append(JSONMember("clientRequestId", .string(name))) }
        return .object(members)
    }

    private func timeline(_ kind: Kind, of call: Call) -> JSONValue {
        switch kind {
        case .started: ["from": .string(call.from), "to": .string(call.to)]
        case .answered: [:]
        case .completed, .failed:
            [
                "status": .string(call.status.rawValue), "hangup_cause": JSONValue(call.hangupCause?.rawValue),
                "duration_seconds": .integer(call.durationSeconds), "cost_minor": .integer(call.costMinor),
            ]
        }
    }
}
