import Database
import Primitives

/// Writes what becomes of recordings: on the call's timeline, and into the outbox for whoever is told about it.
struct RecordingEvents {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func ready(
        _ recording: Recording,
        of call: Call,
        link: String,
        expiresAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let seconds = (recording.duration.wholeMilliseconds + 500) / 1000
        try write(
            "call.recording.ready",
            of: recording.id,
            [
                JSONMember("duration_seconds", .integer(seconds)),
                JSONMember("size_bytes", .integer(recording.sizeBytes)),
                JSONMember("channels", .string(recording.channels.rawValue)),
            ],
            told: [
                JSONMember("download_url", .string(link)), JSONMember("expires_at", .string(expiresAt.rfc3339)),
                JSONMember("source", .string(recording.source.rawValue)),
            ],
            call,
            at: recording.createdAt,
            in: tx
        )
    }

    func failed(
        _ job: RecordingJob,
        _ failure: RecordingFailure,
        of call: Call,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let reason = JSONMember("failure_reason", .string(failure.rawValue))
        let told = [JSONMember("source", .string(job.source.rawValue))]
        try write("call.recording.failed", of: job.id, [reason], told: told, call, at: now, in: tx)
    }

    /// - Parameters:
    ///   - facts: what the timeline shows, too.
    ///   - told: what only the event has.
    private func write(
        _ kind: String,
        of id: Identifier,
        _ facts: [JSONMember],
        told: [JSONMember],
        _ call: Call,
        at moment: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try TimelineTable.append(kind, .object(facts), to: call.id, at: moment, id: context.ids.next(), in: tx)
        var data = [
            JSONMember("call_id", .string(call.id.rendered(prefix: "call"))),
            JSONMember("number_id", .string(call.numberID.rendered(prefix: "num"))),
            JSONMember("recording_id", .string(id.rendered(prefix: "rec"))),
        ]
        data += facts + told + [JSONMember("pbx_call_id", .string(call.sessionID))]
        if let name = call.clientRequestID { data.append(JSONMember("clientRequestId", .string(name))) }
        try CallEvents(context).publish(kind, data: .object(data), of: call, at: moment, in: tx)
    }
}
